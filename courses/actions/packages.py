"""Writes of training packages (职业培训包)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from courses.actions.courses import MOST_HOURS
from courses.models import Course, TrainingPackage
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import AlreadyHeld, InvalidInput
from registry.models import Federation
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def create(
    *,
    by: Actor,
    on: date,
    federation: Federation,
    name: str,
    courses: Sequence[Course],
    hours: int = 0,
    document: str = "",
) -> TrainingPackage:
    """A bundle of courses of bases in the federation's region; `hours` in 课时 as the document sets them, 0 for none.

    Raises InvalidInput, AlreadyHeld, NotPermitted.
    """
    require(by, Permission.VOUCHER_ISSUE, region_path=federation.region.path)
    package = TrainingPackage(
        federation=federation, name=name.strip(), hours=hours, document=document.strip()
    )
    _check(package, courses)
    package.save()
    package.courses.set(courses)
    _record("package.created", package, courses, by=by, on=on)
    return package


@transaction.atomic
def edit(
    *,
    by: Actor,
    on: date,
    package: TrainingPackage,
    name: str,
    courses: Sequence[Course],
    hours: int = 0,
    document: str = "",
    is_offered: bool = True,
) -> TrainingPackage:
    """Change a package as a whole; one no longer offered keeps its vouchers, and takes no new ones."""
    package = (
        TrainingPackage.objects.select_for_update(of=("self",), no_key=True)
        .select_related("federation__region")
        .get(pk=package.pk)
    )
    require(by, Permission.VOUCHER_ISSUE, region_path=package.federation.region.path)
    package.name, package.hours, package.document = name.strip(), hours, document.strip()
    package.is_offered = is_offered
    _check(package, courses)
    package.save()
    package.courses.set(courses)
    _record("package.edited", package, courses, by=by, on=on)
    return package


def _check(package: TrainingPackage, courses: Sequence[Course]) -> None:
    require_valid(TrainingPackage, name=package.name, hours=package.hours, document=package.document)
    problems = {}
    if package.hours > MOST_HOURS:
        problems["hours"] = "hours_too_many"
    if not courses:
        problems["courses"] = "package_empty"
    path = package.federation.region.path
    if any(not course.base.region.path.startswith(path) for course in courses):
        problems["courses"] = "package_course_elsewhere"
    if problems:
        raise InvalidInput(fields=problems)
    same = TrainingPackage.objects.filter(federation_id=package.federation_id, name=package.name)
    if same.exclude(pk=package.pk).exists():
        raise AlreadyHeld(field="name")


def _record(verb: str, package: TrainingPackage, courses: Sequence[Course], *, by: Actor, on: date) -> None:
    facts = {"name": package.name, "hours": package.hours, "document": package.document}
    held = sorted(course.public_id for course in courses)
    path = package.federation.region.path
    offered = package.is_offered
    audit.record(
        verb, package, by=by, region_path=path, on=str(on), courses=held, is_offered=offered, **facts
    )
