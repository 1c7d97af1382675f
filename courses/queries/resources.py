"""The shelves of the library, and what one resource has to offer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from courses.models import OnlineResource, ResourceFile, ResourceVisit, Skill
from courses.models.resources import ResourceState
from courses.rules import resource_files
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

WITHOUT_TEXT = ngettext_lazy(
    "%(n)s 份学习资源没有文字版，最早 %(oldest)s登记",
    "%(n)s 份学习资源没有文字版，最早 %(oldest)s登记",
    "count",
)


def shelf(
    actor: Actor,
    *,
    skill: Skill | None = None,
    format: str = "",  # noqa: A002  # its name everywhere else
    accessible: str = "",
    text: str = "",
) -> QuerySet[OnlineResource]:
    """What the actor may take from the library, newest first; `accessible` is one of its accessible formats."""
    found = OnlineResource.objects.visible_to(actor).filter(state=ResourceState.PUBLISHED)
    return _narrowed(found, skill=skill, medium=format, accessible=accessible, text=text)


def kept(actor: Actor, *, waiting: str = "") -> QuerySet[OnlineResource]:
    """What the actor keeps, in every state, with `looks`; `waiting` "text" for those without a text alternative."""
    found = own(actor)
    if waiting == "text":
        found = found.without_text().exclude(state=ResourceState.WITHDRAWN)
    counted_looks = ResourceVisit.objects.filter(resource=OuterRef("pk")).order_by().values("resource")
    looks = Subquery(counted_looks.annotate(n=Sum("times")).values("n"))
    return found.select_related("skill").defer("text_alternative").annotate(looks=looks).order_by("-pk")


def own(actor: Actor) -> Any:
    """The resources that the actor may edit."""
    if actor.is_system:
        return OnlineResource.objects.all()
    return OnlineResource.objects.in_scope(actor.scope(Permission.RESOURCE_EDIT))


def _narrowed(
    found: QuerySet[OnlineResource], *, skill: Skill | None, medium: str, accessible: str, text: str
) -> QuerySet[OnlineResource]:
    if skill is not None:
        found = found.filter(skill=skill)
    if medium:
        found = found.filter(format=medium)
    if accessible:
        # As text: SQLite has no "contains" for a JSON list. In quotes no known word lies inside another.
        listed = Cast("accessible_formats", TextField())
        found = found.alias(listed=listed).filter(listed__contains=f'"{accessible}"')
    if text:
        found = found.filter(Q(title__icontains=text) | Q(summary__icontains=text))
    return found.select_related("skill")


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """Resources whose text alternative is still to be written, for those who keep them."""
    if not actor.may_somewhere(Permission.RESOURCE_EDIT):
        return []
    rows = own(actor).without_text().exclude(state=ResourceState.WITHDRAWN)
    many = f"{reverse('courses:resources')}?waiting=text"
    return counted(
        "resources_without_text",
        WITHOUT_TEXT,
        rows,
        since="created_on",
        one="courses:edit-resource",
        many=many,
    )


@dataclass(frozen=True)
class FileAbout:
    """A file without its bytes; `ending` as its name will end."""

    media_type: str
    size: int
    sha256: str
    ending: str


def file_of(resource: OnlineResource) -> FileAbout | None:
    """What its file is, without loading it."""
    row = ResourceFile.objects.filter(resource=resource).values_list("media_type", "size", "sha256").first()
    return None if row is None else FileAbout(*row, ending=resource_files.ENDINGS[row[0]])


def visits(resource: OnlineResource, *, since: date) -> list[tuple[date, int]]:
    """Looks at its page a day, newest first."""
    rows = ResourceVisit.objects.filter(resource=resource, on__gte=since).order_by("-on")
    return list(rows.values_list("on", "times"))
