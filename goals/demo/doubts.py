"""What the checks for fraud find in the demo's records, and what its approver made of some of it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from courses.actions import employment, flags
from courses.models import Enrolment, ReviewFlag
from courses.models.flags import FlagState
from courses.rules.employment import NewSpell
from courses.rules.flags import Check
from goals.demo.accounts import ACCOUNTS
from goals.demo.cohorts import SPOTLESS
from registry.models import Account
from registry.queries.actors import actor_for
from registry.rules.access import SYSTEM

LOOKED_AT = date(2024, 11, 4)
APPROVER = next(account for account in ACCOUNTS if account.role == "approver")


def go_on() -> int:
    """How many flags are left to be checked."""
    _work_before_the_class()
    flags.recheck_all(at=timezone.make_aware(datetime.combine(LOOKED_AT, time(9))))
    _explain()
    return ReviewFlag.objects.filter(state=FlagState.OPEN).count()


def _work_before_the_class() -> None:
    """Somebody who was enrolled as unemployed turns out to have worked all the time."""
    unemployed = Enrolment.objects.filter(cohort__base__name=SPOTLESS, employment="unemployed")
    trainee = unemployed.filter(person__employment_spells=None).order_by("-pk")[0]
    job = NewSpell(
        form="concentrated",
        employer_name="天水华天电器厂",
        contract="fixed_term",
        found_through="self",
        started_on=trainee.cohort.starts_on - timedelta(days=120),
    )
    employment.record(by=SYSTEM, on=LOOKED_AT, person=trainee.person, spell=job)


def _explain() -> None:
    """The approver has seen the paper sheets of one class."""
    approver = actor_for(Account.objects.get(username=APPROVER.username), on=LOOKED_AT)
    late = ReviewFlag.objects.get(check_name=Check.RECORDED_LATE, cohort__base__name=SPOTLESS)
    flags.decide(
        by=approver,
        on=LOOKED_AT,
        flag=late,
        verdict=FlagState.DISMISSED,
        reason="当时机房断网，现场用纸质签到表，已核对原件。",
    )
