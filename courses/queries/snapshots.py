"""What was true of people on a day: kept on the enrolment, so that later changes do not move old statistics."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from registry.models import DisabilityCertificate, EmploymentStatus


@dataclass(frozen=True)
class Snapshot:
    """残疾 category and grade ("" and none without a 残疾人证), and employment ("" when never recorded)."""

    disability_category: str = ""
    disability_grade: int | None = None
    employment: str = ""


def snapshots(person_ids: Collection[int], *, on: date) -> dict[int, Snapshot]:
    """The snapshot of each person on a day, in two queries however many there are.

    The latest record at or before the day counts; a 残疾人证 that was cancelled or had run out does not.
    """
    certificates = {
        row.person_id: row
        for row in DisabilityCertificate.objects.filter(
            Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=on),
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            person_id__in=person_ids,
            recorded_on__lte=on,
        )
        .order_by("recorded_on", "pk")
        .only("person_id", "category", "grade")
    }
    employment = dict(
        EmploymentStatus.objects.filter(person_id__in=person_ids, since__lte=on)
        .order_by("since", "pk")
        .values_list("person_id", "status")
    )
    return {
        person_id: Snapshot(
            disability_category=certificates[person_id].category if person_id in certificates else "",
            disability_grade=certificates[person_id].grade if person_id in certificates else None,
            employment=employment.get(person_id, ""),
        )
        for person_id in person_ids
    }
