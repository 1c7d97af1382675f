"""What the review flags of `courses` ask of certificates (settings.CERTIFIED_ON, settings.FLAG_SUBJECTS)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Min

from certificates.models import Certificate


def certified_on(enrolments: Collection[int]) -> dict[int, date]:
    """By enrolment, the day of its first certificate, in force or not; one query."""
    rows = Certificate.objects.numbered().filter(enrolment__in=enrolments).order_by()
    return dict(rows.values_list("enrolment_id").annotate(first=Min("issued_on")))


def cohorts(certificates: Collection[str]) -> set[int]:
    """The cohorts of certificates by their public ids; one query."""
    rows = Certificate.objects.filter(public_id__in=certificates).order_by()
    return set(rows.values_list("enrolment__cohort_id", flat=True).distinct())
