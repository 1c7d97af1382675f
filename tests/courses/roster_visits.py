"""The roster pages for the browser: one to upload to, one with errors and warnings, one that is all loaded."""

from django.urls import reverse

from courses.actions import rosters
from courses.models import Cohort
from registry.models import Account
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort
from tests.courses.workbooks import messy
from tests.registry.factories import an_account

Visited = tuple[Account, str]


def _clerk(cohort: Cohort) -> Account:
    return an_account("base_manager", cohort.base)


def _import_of(cohort: Cohort, rows: list[dict[str, object]], *, load: bool = False) -> Visited:
    data = messy.messy_roster(rows)
    roster = rosters.upload(by=SYSTEM, on=TODAY, cohort=cohort, file_name="花名册.xlsx", data=data)
    if load:
        rosters.load(by=SYSTEM, on=TODAY, roster=roster)
    return _clerk(cohort), reverse("courses:roster-import", args=[cohort.public_id, roster.public_id])


def upload() -> Visited:
    """The upload page with an earlier upload."""
    cohort = a_cohort(state="enrolling")
    account, _path = _import_of(cohort, [messy.person(1)], load=True)
    return account, reverse("courses:roster", args=[cohort.public_id])


def closed() -> Visited:
    """The upload page of a class whose roster is frozen."""
    cohort = a_cohort(state="submitted")
    return _clerk(cohort), reverse("courses:roster", args=[cohort.public_id])


def with_problems() -> Visited:
    """Errors in several columns, warnings, a row left out."""
    cohort = a_cohort(state="enrolling")
    wrong = messy.citizen_id(order=3)[:17] + "?"
    rows = [
        messy.person(1, 残疾人证号=""),
        messy.person(2, 姓名=""),
        messy.person(3, 身份证号=wrong, 残疾人证号="123"),
        messy.person(4, 姓名="古丽娜·买买提明"),
        messy.person(1),
    ]
    account, path = _import_of(cohort, rows)
    roster = cohort.roster_imports.get()
    doubled = roster.rows.order_by("row_number").last()
    assert doubled is not None
    rosters.correct(by=SYSTEM, on=TODAY, roster=roster, corrections={}, leave_out=[doubled.pk])
    return account, path


def of_a_running_class() -> Visited:
    """Joining late asks for a reason."""
    return _import_of(a_cohort(state="running"), [messy.person(5)])


def loaded() -> Visited:
    """Nothing left to do."""
    return _import_of(a_cohort(state="enrolling"), [messy.person(1), messy.person(2)], load=True)
