"""Lists of vouchers, and for whom they are asked."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from courses.models import Voucher
from courses.voucher_errors import VoucherPeopleWrong
from registry.models import Person
from registry.queries.people import citizen_id_index
from registry.rules.access import Actor


def listing(actor: Actor, *, state: str = "", on: date) -> QuerySet[Voucher]:
    """Vouchers the actor reads, newest first, all or those in one state on the day."""
    rows = Voucher.objects.visible_to(actor)
    if state:
        rows = rows.in_state(state, on=on)
    return rows.select_related("person", "package", "course", "federation", "enrolment__cohort")


def people_of(actor: Actor, lines: Sequence[str]) -> list[Person]:
    """The people in reach whose citizen IDs stand in these lines, empty ones left out; one query.

    Raises VoucherPeopleWrong with the numbers of the lines that name nobody in reach.
    """
    wanted = {row: citizen_id_index(line) for row, line in enumerate(lines, 1) if line.strip()}
    seen = Person.objects.visible_to(actor).select_related("region")
    found = {
        person.citizen_id_index: person for person in seen.filter(citizen_id_index__in=set(wanted.values()))
    }
    unknown = [row for row, index in wanted.items() if index not in found]
    if unknown:
        raise VoucherPeopleWrong(field="people", rows=unknown)
    return [found[index] for index in dict.fromkeys(wanted.values())]
