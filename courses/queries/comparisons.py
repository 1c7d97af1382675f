"""What we say of the people in a partner's file, and what became of its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from courses.models import Comparison, ComparisonRow, Discrepancy
from courses.models.comparisons import ComparisonState, Resolution
from courses.queries.ledgers.wanted import cards
from courses.rules.comparisons import COLUMNS
from courses.workbooks.headers import normal
from registry.models import EmploymentStatus, Person, Region
from registry.queries.people import citizen_id_index
from registry.queries.work import counted
from registry.rules.access import Actor, Permission
from registry.rules.work import Waiting

TO_SETTLE = ngettext_lazy(
    "%(n)s 次数据比对等待处理，最早 %(oldest)s上传",
    "%(n)s 次数据比对等待处理，最早 %(oldest)s上传",
    "count",
)


@dataclass(frozen=True)
class Ours:
    """A person of ours with what is recorded on the day, by field; "" for nothing."""

    person_id: int
    values: dict[str, str]


def ours(region: Region, numbers: Iterable[str], *, on: date) -> dict[str, Ours]:
    """The people of the region with these citizen IDs; three queries. Others are unknown here, wherever they are."""
    wanted = {citizen_id_index(number): number for number in numbers}
    people = list(
        Person.objects.filter(citizen_id_index__in=list(wanted), region__path__startswith=region.path)
    )
    held = cards(people, on=on)
    statuses = EmploymentStatus.objects.filter(person__in=people, since__lte=on).order_by("since", "pk")
    work = {status.person_id: status.status for status in statuses}
    return {
        wanted[person.citizen_id_index]: Ours(
            person.pk,
            {
                "name": person.name,
                "disability_number": held[person.pk].number if person.pk in held else "",
                "phone": person.phone,
                "employment": work.get(person.pk, ""),
            },
        )
        for person in people
    }


def guesses(labels: Sequence[str]) -> dict[str, str]:
    """Our field for each label that names one in the words of rosters; each field once."""
    known = {normal(text): key for key, one in COLUMNS.items() for text in (one.label, *one.synonyms)}
    found: dict[str, str] = {}
    for label in labels:
        key = known.get(normal(label), "")
        if key and key not in found.values():
            found[label] = key
    return found


def listed(actor: Actor) -> QuerySet[Comparison]:
    """Comparisons in reach, newest first, with `waiting`: how many discrepancies nobody settled."""
    still_open = Q(rows__discrepancies__resolution=Resolution.OPEN)
    found = Comparison.objects.visible_to(actor).select_related("region").defer("data")
    return found.annotate(waiting=Count("rows__discrepancies", filter=still_open)).order_by(
        "-uploaded_on", "-pk"
    )


def waiting(actor: Actor, *, on: date) -> list[Waiting]:
    """Comparisons with differences that nobody settled, or whose columns are still to be chosen."""
    if not actor.may_somewhere(Permission.DATA_COMPARE):
        return []
    still_open = Discrepancy.objects.filter(row__comparison=OuterRef("pk"), resolution=Resolution.OPEN)
    to_settle = Q(Exists(still_open), state=ComparisonState.DONE)
    rows = Comparison.objects.visible_to(actor).filter(to_settle | Q(state=ComparisonState.MAPPING))
    many = reverse("courses:comparisons")
    return counted("comparisons", TO_SETTLE, rows, since="uploaded_on", one="courses:comparison", many=many)


def rows(comparison: Comparison, *, state: str = "") -> QuerySet[ComparisonRow]:
    """Its rows in the order of the file, with what differs."""
    found = comparison.rows.all()
    if state:
        found = found.filter(state=state)
    discrepancies = Prefetch("discrepancies", Discrepancy.objects.order_by("pk"))
    return found.select_related("person").prefetch_related(discrepancies)


def unsettled(comparison: Comparison) -> int:
    """Discrepancies that nobody settled."""
    open_ones = Discrepancy.objects.filter(row__comparison=comparison, resolution=Resolution.OPEN)
    return 0 if comparison.state == ComparisonState.FORGOTTEN else open_ones.count()
