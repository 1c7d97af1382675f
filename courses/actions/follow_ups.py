"""Writes of follow-ups (回访): make those that fell due, record what was asked and answered."""

from datetime import date

from django.db import transaction

from courses.errors import FollowUpDone
from courses.models import FollowUp, FollowUpTry
from courses.queries import follow_ups as queries
from courses.rules import follow_ups as rules
from registry.actions import audit
from registry.actions.people import locked
from registry.actions.values import require_valid
from registry.errors import InvalidInput
from registry.facts import people_changed
from registry.models.batches import BATCH_ROWS
from registry.queries.people import reach
from registry.rules.access import Actor, Permission, require

LONGEST_NOTE = 1000


@transaction.atomic
def make_due(*, on: date) -> int:
    """Make the questions that have fallen due by the day; how many were new. Doing so again makes none.

    Whole batches at a time: the queries are those of `queries.follow_ups.missing`, whatever the number of people.
    """
    made = 0
    for batch in queries.missing(on=on):
        FollowUp.objects.bulk_create(batch, ignore_conflicts=True, batch_size=BATCH_ROWS)
        made += len(batch)
    return made


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    follow_up: FollowUp,
    contacted_on: date,
    channel: str,
    result: str,
    note: str = "",
    next_on: date | None = None,
) -> FollowUp:
    """One call or visit. It answers every question that is due to this person, so that nobody is asked twice.

    Who was not reached is tried again on `next_on` (a week later), and is unreachable after `rules.MOST_TRIES` tries.
    Raises NotPermitted, InvalidInput, FollowUpDone when it is answered, or the consent was taken back.
    """
    person = locked(follow_up.person)
    require(by, Permission.FOLLOW_UP_RECORD, **reach(person))
    note = note.strip()
    require_valid(FollowUpTry, channel=channel, result=result)
    problems: dict[str, str] = {}
    if contacted_on > on:
        problems["contacted_on"] = "date_in_future"
    if len(note) > LONGEST_NOTE:
        problems["note"] = "field_too_long"
    if next_on is not None and next_on <= contacted_on:
        problems["next_on"] = "follow_up_next_too_early"
    if problems:
        raise InvalidInput(fields=problems)
    due = list(queries.due(on=on).filter(person=person))
    if follow_up.pk not in {one.pk for one in due}:
        raise FollowUpDone()
    for one in due:
        one.tries += 1
        if rules.closes(result, one.tries):
            one.done_on, one.result, one.next_on = contacted_on, result, None
        else:
            one.next_on = next_on or contacted_on + rules.AGAIN_AFTER
    FollowUp.objects.bulk_update(due, ["tries", "done_on", "result", "next_on"])
    FollowUpTry.objects.bulk_create(
        [
            FollowUpTry(
                follow_up=one,
                on=contacted_on,
                channel=channel,
                result=result,
                note=note,
                recorded_by=by.name,
            )
            for one in due
        ]
    )
    audit.record_many(
        "follow_up.recorded",
        [
            (one, person.region.path, {"channel": channel, "result": result, "on": str(contacted_on)})
            for one in due
        ],
        by=by,
    )
    people_changed(people=[person.pk], on=on)
    return next(one for one in due if one.pk == follow_up.pk)


@transaction.atomic
def reopen(*, by: Actor, on: date, follow_up: FollowUp) -> FollowUp:
    """Take back an answer that was a mistake: the question is open again, what was noted stays.

    Raises NotPermitted; an open question stays open.
    """
    person = locked(follow_up.person)
    require(by, Permission.FOLLOW_UP_RECORD, **reach(person))
    held = FollowUp.objects.get(pk=follow_up.pk)
    if held.done_on is None:
        return held
    before, held.done_on, held.result = held.result, None, ""
    held.save(update_fields=["done_on", "result"])
    audit.record("follow_up.reopened", held, by=by, region_path=person.region.path, before=before, on=str(on))
    people_changed(people=[person.pk], on=on)
    return held
