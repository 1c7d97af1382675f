"""What the registry's facts ask of somebody, and how any app counts what waits in its rows."""

from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from registry.models import Person
from registry.queries import people
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

PEOPLE_WITHOUT_NEED = ngettext_lazy(
    "%(n)s 人还没有登记培训和就业需求", "%(n)s 人还没有登记培训和就业需求", "count"
)
PEOPLE_WITHOUT_EMPLOYMENT = ngettext_lazy("%(n)s 人还没有登记就业状况", "%(n)s 人还没有登记就业状况", "count")


def counted(
    key: str, text: Any, rows: QuerySet[Any], *, since: str = "", one: str, many: str
) -> list[Waiting]:
    """These rows as one line of the work list, or nothing when there are none; one query.

    `since` is the field with each row's day. `one` is the URL name of a row's own page, by its public id, where a
    single row is dealt with; `many` the address of the list that shows them all.
    """
    asked: dict[str, Any] = {"count": Count("pk"), "only": Min("public_id")}
    if since:
        asked["oldest"] = Min(since)
    found = rows.order_by().aggregate(**asked)
    if not found["count"]:
        return []
    url = reverse(one, args=[found["only"]]) if found["count"] == 1 else many
    return [Waiting(key, text, found["count"], found.get("oldest"), url)]


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """Missing registrations for who registers people."""
    found: list[Waiting] = []
    if actor.may_somewhere(Permission.PERSON_EDIT):
        scope = actor.scope(Permission.PERSON_EDIT)
        mine = Person.objects.all() if actor.is_system else Person.objects.in_scope(scope)
        texts = {"need": PEOPLE_WITHOUT_NEED, "employment": PEOPLE_WITHOUT_EMPLOYMENT}
        for missing, text in texts.items():
            found += counted(
                f"people_without_{missing}",
                text,
                people.listed(mine, on=on, missing=missing),
                one="registry:person",
                many=f"{reverse('registry:people')}?missing={missing}",
            )
    return found
