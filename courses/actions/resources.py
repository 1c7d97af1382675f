"""Writes of online resources: keep one, change it, put it on the shelf, take it down; count its visits."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction

from courses.errors import ResourceEmpty
from courses.models import Course, OnlineResource, ResourceFile, ResourceVisit, Skill
from courses.models.resources import AccessibleFormat, ResourceFormat, ResourceState
from courses.rules import resource_files
from registry.actions import audit
from registry.actions.locks import lock
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.models import Region, TrainingBase
from registry.rules.access import Actor, Permission, ids_of, require
from registry.rules.disclosure import discloses_disability

TEXTS = ("title", "summary", "provider", "link")
EDITABLE = (*TEXTS, "format", "language", "minutes", "text_alternative", "accessible_formats", "is_public")
LONGEST_TEXT = 50_000


@dataclass(frozen=True)
class About:
    """What is said of a resource. `accessible_formats` are values of AccessibleFormat; `minutes` its duration."""

    title: str
    skill: Skill
    format: str
    summary: str
    provider: str
    course: Course | None = None
    link: str = ""
    accessible_formats: tuple[str, ...] = ()
    language: str = "zh"
    text_alternative: str = ""
    minutes: int | None = None
    is_public: bool = False


@transaction.atomic
def create(
    *, by: Actor, on: date, region: Region, base: TrainingBase | None, about: About, data: bytes = b""
) -> OnlineResource:
    """A draft of a base, or without one of the region's federation. Raises NotPermitted, InvalidInput."""
    resource = OnlineResource(region=base.region if base else region, base=base, created_on=on)
    _require(by, resource)
    return _write(resource, about, data, by=by, on=on, verb="resource.created")


@transaction.atomic
def edit(*, by: Actor, on: date, resource: OnlineResource, about: About, data: bytes = b"") -> OnlineResource:
    """Says it anew; new `data` takes the place of the file. Raises NotPermitted, InvalidInput."""
    _require(by, resource)
    return _write(_locked(resource), about, data, by=by, on=on, verb="resource.edited")


@transaction.atomic
def publish(*, by: Actor, on: date, resource: OnlineResource) -> OnlineResource:
    """On the shelf from today; a second time changes nothing.

    Raises NotPermitted, and ResourceEmpty when there is nothing to read, hear or open.
    """
    _require(by, resource)
    held = _locked(resource)
    if held.state == ResourceState.PUBLISHED:
        return held
    if not (held.link or held.text_alternative or ResourceFile.objects.filter(resource=held).exists()):
        raise ResourceEmpty()
    held.state, held.published_on = ResourceState.PUBLISHED, on
    return _moved(held, by, "resource.published")


@transaction.atomic
def withdraw(*, by: Actor, on: date, resource: OnlineResource) -> OnlineResource:
    """Off the shelf; it can be published again. A second time changes nothing. Raises NotPermitted."""
    _require(by, resource)
    held = _locked(resource)
    if held.state != ResourceState.PUBLISHED:
        return held
    held.state = ResourceState.WITHDRAWN
    return _moved(held, by, "resource.withdrawn")


def count_visit(*, resource: OnlineResource, on: date) -> None:
    """One more look at its page on this day, in one statement; nothing of who looked (settings.COUNTERS)."""
    table, day = connection.ops.quote_name(ResourceVisit._meta.db_table), connection.ops.quote_name("on")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (resource_id, {day}, times) VALUES (%s, %s, 1) "
            f"ON CONFLICT (resource_id, {day}) DO UPDATE SET times = {table}.times + 1",
            [resource.pk, on],
        )


def _require(by: Actor, resource: OnlineResource) -> None:
    require(by, Permission.RESOURCE_EDIT, region_path=resource.region.path, base_ids=ids_of(resource.base_id))


def _locked(resource: OnlineResource) -> OnlineResource:
    return lock(resource, "region")


def _write(
    held: OnlineResource, about: About, data: bytes, *, by: Actor, on: date, verb: str
) -> OnlineResource:
    before = _facts(held) if held.pk else {}
    for name in TEXTS:
        setattr(held, name, " ".join(getattr(about, name).split()))
    held.format, held.language, held.minutes = about.format, about.language, about.minutes
    held.skill, held.course, held.is_public = about.skill, about.course, about.is_public
    held.text_alternative = about.text_alternative.replace("\r\n", "\n").strip()
    wanted = set(about.accessible_formats)
    held.accessible_formats = [value for value in AccessibleFormat.values if value in wanted]
    kept = ResourceFile.objects.filter(resource=held).defer("data").first() if held.pk else None
    kind = _check(held, wanted, data, kept)
    held.has_text = bool(held.text_alternative) or kind == resource_files.PLAIN_TEXT
    held.save()
    if held.format == ResourceFormat.LINK:
        ResourceFile.objects.filter(resource=held).delete()
    elif data:
        values = {"media_type": kind, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        ResourceFile.objects.update_or_create(resource=held, defaults={**values, "data": data})
    facts = {"before": before, "after": _facts(held), "on": str(on)}
    if data:
        facts["sha256"] = hashlib.sha256(data).hexdigest()
    audit.record(verb, held, by=by, region_path=held.region.path, **facts)
    return held


def _check(held: OnlineResource, wanted: set[str], data: bytes, kept: ResourceFile | None) -> str:
    """The media type of its file, "" where it has none."""
    values: dict[str, Any] = {name: getattr(held, name) for name in (*TEXTS, "format", "language")}
    require_valid(OnlineResource, **values)
    problems: dict[str, str] = {}
    if wanted - set(AccessibleFormat.values):
        problems["accessible_formats"] = "field_choice"
    if held.course is not None and held.course.skill_id != held.skill_id:
        problems["course"] = "resource_course_skill"
    if len(held.text_alternative) > LONGEST_TEXT:
        problems["text_alternative"] = "field_too_long"
    elif not all(sign.isprintable() or sign in "\n\t\u3000\u00a0" for sign in held.text_alternative):
        problems["text_alternative"] = "field_characters"
    if held.is_public:
        # Anyone may read it, and the site says nothing of whom it is for (docs/domain.md §5.6).
        said = ("title", "summary", "provider", "text_alternative")
        problems |= {name: "resource_discloses" for name in said if discloses_disability(getattr(held, name))}
    kind = resource_files.media_type(data) if data else kept.media_type if kept else ""
    allowed = resource_files.TYPES.get(held.format, ())
    if held.format == ResourceFormat.LINK:
        problems |= {} if _is_https(held.link) else {"link": "resource_link"}
    elif held.link:
        problems["link"] = "resource_link_unwanted"
    if len(data) > resource_files.MOST_BYTES:
        problems["file"] = "resource_too_large"
    elif (data and kind not in allowed) or (kept and not data and allowed and kind not in allowed):
        problems["file"] = "resource_type"
    if problems:
        raise InvalidInput(fields=problems)
    return kind if allowed else ""


def _is_https(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in parts.netloc and "@" not in parts.netloc


def _moved(held: OnlineResource, by: Actor, verb: str) -> OnlineResource:
    held.save(update_fields=["state", "published_on"])
    audit.record(verb, held, by=by, region_path=held.region.path, is_public=held.is_public)
    return held


def _facts(held: OnlineResource) -> dict[str, Any]:
    facts = {name: getattr(held, name) for name in EDITABLE if name != "text_alternative"}
    return facts | {"skill": held.skill.code, "text_characters": len(held.text_alternative)}
