"""Writes of outcomes: the rules decide for a whole cohort at once."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from courses.actions.cohorts import locked
from courses.errors import RecordsClosed
from courses.models import Cohort, Enrolment
from courses.models.enrolments import Outcome
from courses.queries.outcomes import previews
from courses.rules.cohorts import OPEN_TO_RESULTS
from courses.rules.outcomes import Decision
from registry.actions import audit
from registry.facts import people_changed
from registry.rules.access import Actor, Permission, require


@transaction.atomic
def decide(*, by: Actor, on: date, cohort: Cohort) -> dict[str, int]:
    """Decide every trainee by rules/outcomes.py; the number of trainees per outcome, zeros included.

    Who left stays left; an outcome that the records still support keeps its date, so that doing it again changes
    nothing. Raises RecordsClosed unless the cohort is assessing: before that there is nothing to decide by, after
    completion the outcomes are frozen.
    """
    cohort = locked(cohort)
    require(by, Permission.RESULT_RECORD, region_path=cohort.region.path, base_ids=[cohort.base_id])
    if cohort.state not in OPEN_TO_RESULTS:
        raise RecordsClosed(state=cohort.state)
    counts = dict.fromkeys(Outcome.values, 0)
    changed: dict[Decision, list[int]] = defaultdict(list)
    people: list[int] = []
    for preview in previews(cohort):
        counts[preview.decision.outcome] += 1
        if not preview.is_decided:
            changed[preview.decision].append(preview.enrolment.pk)
            people.append(preview.enrolment.person_id)
    for decision, enrolments in changed.items():  # at most one for each rule
        Enrolment.objects.filter(pk__in=enrolments).update(
            outcome=decision.outcome, outcome_rule=decision.rule, outcome_on=on
        )
    if changed:
        decided = {decision.rule: len(enrolments) for decision, enrolments in changed.items()}
        audit.record("outcomes.decided", cohort, by=by, region_path=cohort.region.path, on=str(on), **decided)
        people_changed(people=people, on=on)
    return counts
