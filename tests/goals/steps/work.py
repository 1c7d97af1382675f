"""Jobs, and what follow-ups say of them."""

from datetime import timedelta

from courses.actions import (
    employment,
    follow_ups,
)
from courses.models import EmploymentSpell, FollowUp
from courses.rules.employment import NewSpell
from registry.rules.access import SYSTEM
from tests.goals.world import World, nth, step

PAPER = b"%PDF-1.4"


def _spell(world: World, form: str, through: str, days: int, length: int | None) -> NewSpell:
    started = world.ago(days)
    ended = None if length is None or length >= days else started + timedelta(days=length + 1)
    return NewSpell(
        form=form,
        started_on=started,
        employer_name="某用人单位",
        found_through=through,
        ended_on=ended,
        end_reason="other" if ended else "",
    )


@step
def job(world: World, n: int, form: str, through: str, days: int, length: int | None) -> None:
    employment.record(
        by=SYSTEM,
        on=world.on,
        person=world.person(n),
        spell=_spell(world, form, through, days, length),
        beside_another=bool(n % 2),
    )


@step
def jobs_of_class(world: World, n: int, form: str, days: int) -> None:
    row = nth(world.assessing.enrolments, n)
    employment.record_cohort(
        by=SYSTEM,
        on=world.on,
        cohort=world.assessing,
        spells={row.pk: _spell(world, form, "base", days, None)},
    )


@step
def job_ended(world: World, n: int, days: int) -> None:
    row = nth(EmploymentSpell.objects.standing().filter(ended_on=None), n)
    employment.end(by=SYSTEM, on=world.on, spell=row, ended_on=world.ago(days), reason="resigned")


@step
def job_undone(world: World, n: int) -> None:
    employment.undo(
        by=SYSTEM, on=world.on, spell=nth(EmploymentSpell.objects.standing(), n), reason="登记有误"
    )


@step
def job_corrected(world: World, n: int, form: str, days: int) -> None:
    employment.correct(
        by=SYSTEM,
        on=world.on,
        spell=nth(EmploymentSpell.objects.standing(), n),
        reason="登记有误",
        corrected=_spell(world, form, "", days, None),
        beside_another=True,
    )


@step
def job_shown(world: World, n: int) -> None:
    row = nth(EmploymentSpell.objects.standing(), n)
    employment.add_evidence(by=SYSTEM, on=world.on, spell=row, name="合同.pdf", data=PAPER)


@step
def asked(world: World, n: int, result: str) -> None:
    follow_ups.make_due(on=world.on)
    row = nth(FollowUp.objects.filter(done_on=None), n)
    follow_ups.record(
        by=SYSTEM, on=world.on, follow_up=row, contacted_on=world.on, channel="phone", result=result
    )


@step
def asked_again(world: World, n: int) -> None:
    follow_ups.reopen(by=SYSTEM, on=world.on, follow_up=nth(FollowUp.objects.exclude(done_on=None), n))
