from datetime import date
from typing import Any

import pytest

from registry.actions import base_evaluations as evaluations
from registry.actions import rectifications, standards
from registry.actions.base_evaluations import EvaluationInState, NothingToEvaluate
from registry.actions.base_events import OwnWork
from registry.actions.rectifications import NothingToMend
from registry.errors import InvalidInput, NotPermitted
from registry.models import BaseEvaluation, BaseEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.base_factories import an_evaluation, to_mend
from tests.registry.factories import a_base, a_federation, an_accreditation, an_actor

pytestmark = pytest.mark.django_db
COUNT = 5


def test_a_year_opens_for_every_base_with_a_plaque_of_the_federation_and_only_once(
    django_assert_num_queries: Any,
) -> None:
    county = a_federation("620502")
    plaques = [an_accreditation(a_base("620502")) for _n in range(20)]
    an_accreditation(a_base("620502"), a_federation("620500"))
    a_base("620502")
    an_accreditation(a_base("620502"), valid_until=date(2023, 5, 19))
    officer = an_actor("federation_officer", county)
    with django_assert_num_queries(8):
        started = evaluations.start(by=officer, on=TODAY, federation=county, year=2024)
    assert {one.base_id for one in started} == {plaque.base_id for plaque in plaques}
    with pytest.raises(NothingToEvaluate):
        evaluations.start(by=officer, on=TODAY, federation=county, year=2024)
    an_accreditation(a_base("620502"))
    assert len(evaluations.start(by=officer, on=TODAY, federation=county, year=2024)) == 1
    with pytest.raises(InvalidInput):
        evaluations.start(by=officer, on=TODAY, federation=county, year=2022)


def test_base_officer_and_approver_each_do_their_part() -> None:
    base, county = a_base("620502"), a_federation("620502")
    manager, officer = an_actor("base_manager", base), an_actor("federation_officer", county)
    evaluation = an_evaluation(base=base)
    evaluations.assess(by=manager, on=TODAY, evaluation=evaluation, points=[95] * COUNT, text="很好")
    scored = evaluations.score(
        by=officer, on=TODAY, evaluation=evaluation, points=[91] * COUNT, opinion="台账齐全"
    )
    assert scored.score == 91
    with pytest.raises(NotPermitted):
        evaluations.decide(by=officer, on=TODAY, evaluation=evaluation)
    decided = evaluations.decide(by=an_actor("approver", county), on=TODAY, evaluation=evaluation)
    assert (decided.state, decided.result) == ("decided", "excellent")
    with pytest.raises(EvaluationInState):
        evaluations.decide(by=SYSTEM, on=TODAY, evaluation=evaluation)


def test_whoever_assessed_for_the_base_does_not_score_it() -> None:
    officer = an_actor("federation_officer", a_federation("620502"))
    evaluation = an_evaluation()
    evaluations.assess(by=officer, on=TODAY, evaluation=evaluation, points=[95] * COUNT, text="代填")
    with pytest.raises(OwnWork):
        evaluations.score(by=officer, on=TODAY, evaluation=evaluation, points=[95] * COUNT, opinion="好")


@pytest.mark.parametrize(
    ("points", "result"), [(90, "excellent"), (89, "qualified"), (75, "qualified"), (59, "unqualified")]
)
def test_the_result_is_what_the_thresholds_say(points: int, result: str) -> None:
    assert an_evaluation("decided", points=[points] * COUNT).result == result


def test_a_started_evaluation_keeps_its_criteria_and_thresholds() -> None:
    evaluation = an_evaluation("scored", points=[80] * COUNT)
    for key, value in (
        ("base_evaluation_qualified", 85),
        ("base_evaluation_criteria", [{"name": "成效", "weight": 1, "most": 10}]),
    ):
        standards.decide(by=SYSTEM, federation=evaluation.federation, key=key, value=value, since=TODAY)
    assert evaluations.decide(by=SYSTEM, on=TODAY, evaluation=evaluation).result == "qualified"
    an_accreditation(base := a_base("620502"))
    [fresh] = evaluations.start(by=SYSTEM, on=TODAY, federation=evaluation.federation, year=2024)
    assert (fresh.base, len(fresh.criteria), fresh.thresholds["qualified"]) == (base, 1, 85)


def test_another_result_than_the_score_comes_to_needs_a_reason() -> None:
    evaluation = an_evaluation("scored")
    with pytest.raises(InvalidInput) as refused:
        evaluations.decide(by=SYSTEM, on=TODAY, evaluation=evaluation, result="unqualified")
    assert refused.value.facts == {"fields": {"reason": "other_result_reason"}}
    decided = evaluations.decide(
        by=SYSTEM, on=TODAY, evaluation=evaluation, result="unqualified", reason="查实虚报人数"
    )
    assert decided.result == "unqualified"
    assert BaseEvent.objects.get(verb="base.evaluation_decided").note == "查实虚报人数"


def test_a_score_can_be_sent_back_and_given_anew() -> None:
    evaluation = an_evaluation("scored")
    evaluations.give_back(by=SYSTEM, on=TODAY, evaluation=evaluation, reason="就业成效请核实")
    again = evaluations.score(
        by=SYSTEM, on=TODAY, evaluation=evaluation, points=[70] * COUNT, opinion="已核实"
    )
    assert (again.state, again.score) == ("scored", 70)


def test_what_is_to_be_mended_has_a_day_is_reported_looked_at_and_accepted() -> None:
    evaluation = an_evaluation("scored", points=[65] * COUNT)
    with pytest.raises(InvalidInput) as refused:
        evaluations.decide(by=SYSTEM, on=TODAY, evaluation=evaluation)
    assert set(refused.value.facts["fields"]) == {"mend_what", "mend_by"}
    deadline = date(2024, 7, 3)
    evaluations.decide(by=SYSTEM, on=TODAY, evaluation=evaluation, mend_what="补齐考勤台账", mend_by=deadline)
    with pytest.raises(NothingToMend):
        rectifications.accept(by=SYSTEM, on=TODAY, evaluation=evaluation)
    manager = an_actor("base_manager", evaluation.base)
    rectifications.report(by=manager, on=TODAY, evaluation=evaluation, text="已补齐")
    with pytest.raises(NothingToMend):
        rectifications.report(by=manager, on=TODAY, evaluation=evaluation, text="再报")
    officer = an_actor("federation_officer", evaluation.federation)
    rectifications.refuse(
        by=officer, on=TODAY, evaluation=evaluation, reason="缺 3 月的", mend_by=date(2024, 8, 1)
    )
    rectifications.report(by=manager, on=TODAY, evaluation=evaluation, text="3 月的也补了")
    with pytest.raises(NotPermitted):
        rectifications.accept(by=manager, on=TODAY, evaluation=evaluation)
    rectifications.accept(by=officer, on=TODAY, evaluation=evaluation)
    held = BaseEvaluation.objects.get()
    assert (held.mend_by, held.mend_accepted_on) == (date(2024, 8, 1), TODAY)


def test_what_is_mended_is_not_refused_with_a_day_that_is_over() -> None:
    evaluation = to_mend()
    rectifications.report(by=SYSTEM, on=TODAY, evaluation=evaluation, text="已补齐")
    with pytest.raises(InvalidInput) as refused:
        rectifications.refuse(by=SYSTEM, on=TODAY, evaluation=evaluation, reason="", mend_by=date(2024, 6, 2))
    assert refused.value.facts["fields"] == {"reason": "field_missing", "mend_by": "date_in_past"}
