"""Looks at the records of cohorts again and keeps what the checks find; a person decides what it means."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.errors import FlagGone, OwnFlag
from courses.models import Cohort, CohortCheck, FlagCursor, FlagEvent, ReviewFlag
from courses.models.flags import DECIDED, FlagState, FlagStep
from courses.queries import flag_changes
from courses.queries.flag_facts import facts
from courses.rules.flags import Sign, signs
from registry.actions import audit
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.rules.access import SYSTEM, Actor, Permission, require
from registry.rules.personal_numbers import holds_personal_number

A_DAY = timedelta(days=1)
BATCH_COHORTS = 20
BATCH_EVENTS = 1_000
BEHIND = timedelta(seconds=30)
"""Rows of the audit trail are read when they are this old: one that another transaction wrote before them is there by
then. What took longer is read by the nightly look at the last day."""
MOST_AT_ONCE = 200

Key = tuple[int, int | None, str]
Step = tuple[ReviewFlag, str]


def recheck(*, cohorts: Iterable[int], at: datetime) -> int:
    """Look at these cohorts again, some at a time; how many flags were found or changed."""
    wanted = sorted(set(cohorts))
    batches = (wanted[start : start + BATCH_COHORTS] for start in range(0, len(wanted), BATCH_COHORTS))
    return sum(_recheck(batch, at) for batch in batches)


@transaction.atomic
def _recheck(wanted: Sequence[int], at: datetime) -> int:
    on = timezone.localdate(at)
    rows = Cohort.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk")
    paths = dict(rows.values_list("pk", "region__path"))
    found: dict[Key, Sign] = {
        (cohort, sign.enrolment, sign.check.value): sign
        for cohort, known in facts(wanted, on=on).items()
        for sign in signs(known)
    }
    held = {_key(flag): flag for flag in ReviewFlag.objects.filter(cohort__in=wanted)}
    new = [
        ReviewFlag(
            cohort_id=cohort,
            enrolment_id=enrolment,
            check_name=check,
            evidence=found[cohort, enrolment, check].evidence,
            found_on=on,
        )
        for cohort, enrolment, check in found
        if (cohort, enrolment, check) not in held
    ]
    ReviewFlag.objects.bulk_create(new)
    steps: list[Step] = [(flag, FlagStep.FOUND) for flag in new]
    for key, flag in held.items():
        sign = found.get(key)
        step = _step(flag, sign)
        if step:
            flag.evidence = sign.evidence if sign else flag.evidence
            flag.state = FlagState.GONE if step == FlagStep.GONE else FlagState.OPEN
            flag.found_on = on if step == FlagStep.REOPENED else flag.found_on
            steps.append((flag, step))
    if steps:
        changed = [flag for flag, step in steps if step != FlagStep.FOUND]
        ReviewFlag.objects.bulk_update(changed, ["evidence", "state", "found_on"])
        _keep(steps, on=on, paths=paths)
    CohortCheck.objects.bulk_create(
        [CohortCheck(cohort_id=pk, checked_at=at) for pk in paths],
        update_conflicts=True,
        unique_fields=["cohort"],
        update_fields=["checked_at"],
    )
    return len(steps)


def _key(flag: ReviewFlag) -> Key:
    return flag.cohort_id, flag.enrolment_id, flag.check_name


def _step(flag: ReviewFlag, sign: Sign | None) -> str:
    """What becomes of a flag when the records show this; "" when it stays as it is."""
    if sign is None:
        return FlagStep.GONE if flag.state == FlagState.OPEN else ""
    if flag.state == FlagState.GONE:
        return FlagStep.REOPENED
    if flag.evidence == sign.evidence or flag.state == FlagState.CONFIRMED:
        return ""
    return FlagStep.REOPENED if flag.state == FlagState.DISMISSED else FlagStep.CHANGED


def _keep(
    steps: Sequence[Step], *, on: date, paths: dict[int, str], by: Actor = SYSTEM, reason: str = ""
) -> None:
    """The history of each flag and the audit rows: what happened, to which check, never the reason."""
    by_name = "" if by is SYSTEM and not reason else by.name
    FlagEvent.objects.bulk_create(
        FlagEvent(flag=flag, step=step, on=on, evidence=flag.evidence, by_name=by_name, reason=reason)
        for flag, step in steps
    )
    for step in sorted({step for _flag, step in steps}):
        rows: list[tuple[Any, str, dict[str, Any]]] = [
            (flag, paths[flag.cohort_id], {"check": flag.check_name, "on": on.isoformat()})
            for flag, its in steps
            if its == step
        ]
        audit.record_many(f"flag.{step}", rows, by=by)


def decide(*, by: Actor, on: date, flag: ReviewFlag, verdict: str, reason: str) -> ReviewFlag:
    """Say of one flag what was found out. Raises as `decide_many` does."""
    return decide_many(by=by, on=on, flags=[flag], verdict=verdict, reason=reason)[0]


@transaction.atomic
def decide_many(
    *, by: Actor, on: date, flags: Collection[ReviewFlag], verdict: str, reason: str
) -> list[ReviewFlag]:
    """Say of flags what was found out: "dismissed" or "confirmed", and why; it can be said anew. Nothing follows by itself.

    Raises NotPermitted, OwnFlag for who files for the base, FlagGone, InvalidInput; then none is decided.
    """
    reason = reason.strip()
    problems = {}
    if verdict not in DECIDED:
        problems["verdict"] = "field_choice"
    if not reason:
        problems["reason"] = "field_missing"
    elif holds_personal_number(reason):
        problems["reason"] = "flag_personal_number"
    if not flags or len(flags) > MOST_AT_ONCE:
        problems["flags"] = "flags_too_many" if flags else "flags_missing"
    if problems:
        raise InvalidInput(fields=problems, limit=MOST_AT_ONCE)
    require_valid(FlagEvent, reason=reason)
    rows = ReviewFlag.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    held = list(rows.filter(pk__in=[flag.pk for flag in flags]).select_related("cohort__region"))
    for flag in held:
        cohort = flag.cohort
        require(by, Permission.FLAG_DECIDE, region_path=cohort.region.path)
        if may_file(by, cohort):
            raise OwnFlag()
        if flag.state == FlagState.GONE:
            raise FlagGone()
        flag.state = verdict
    ReviewFlag.objects.bulk_update(held, ["state"])
    paths = {flag.cohort_id: flag.cohort.region.path for flag in held}
    _keep([(flag, verdict) for flag in held], on=on, paths=paths, by=by, reason=reason)
    return held


def may_file(actor: Actor, cohort: Cohort) -> bool:
    """Whether the actor files for the cohort's base, and so does not judge what is asked about it."""
    if actor.is_system:
        return False
    return actor.may(Permission.COHORT_EDIT, region_path=cohort.region.path, base_ids=[cohort.base_id])


def recheck_what_changed(*, at: datetime) -> int:
    """Look again at what was written since the last time; how many cohorts. Doing so twice does no harm."""
    cursor = FlagCursor.objects.first() or FlagCursor.objects.create()
    looked_at = 0
    while rows := flag_changes.events(after=cursor.event, before=at - BEHIND, limit=BATCH_EVENTS):
        cohorts = flag_changes.touched(rows)
        recheck(cohorts=cohorts, at=at)
        looked_at += len(cohorts)
        cursor.event = rows[-1].pk
        cursor.save(update_fields=["event"])
    return looked_at


def recheck_lately(*, at: datetime, since: datetime) -> int:
    """Look again at every cohort that runs, and at all that was written since the moment; how many cohorts."""
    first, today = timezone.localdate(since), timezone.localdate(at)
    cohorts = flag_changes.running() | flag_changes.evaluated(since=first - A_DAY, on=today)
    after = 0
    while rows := flag_changes.events(after=after, before=at, limit=BATCH_EVENTS, since=since):
        cohorts |= flag_changes.touched(rows)
        after = rows[-1].pk
    recheck(cohorts=cohorts, at=at)
    return len(cohorts)


def recheck_all(*, at: datetime) -> int:
    """Look at every cohort; how many. What was written before is looked at then and need not be read again."""
    newest = flag_changes.newest()
    cohorts = flag_changes.everything()
    recheck(cohorts=cohorts, at=at)
    cursor = FlagCursor.objects.first() or FlagCursor()
    cursor.event = max(cursor.event, newest)
    cursor.save()
    return len(cohorts)
