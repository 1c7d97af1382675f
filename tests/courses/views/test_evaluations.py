"""Evaluations through pages: opened and printed by the base, filled in by anyone with a code, read once closed."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Evaluation, EvaluationAnswer
from courses.queries import evaluation_work
from courses.rules.evaluations import BUILT_IN
from registry.requests import today
from tests.conftest import TODAY
from tests.courses.evaluation_factories import a_running_cohort, an_evaluation, an_inspection, answered
from tests.courses.evaluation_visits import closed, open_one
from tests.courses.factories import a_cohort
from tests.registry.factories import a_federation, an_account, an_actor

pytestmark = pytest.mark.django_db
ALL_GOOD = dict.fromkeys(BUILT_IN, "5")


def signed_in(role, place):
    client = Client()
    client.force_login(an_account(role, place))
    return client


def of(name, *args):
    return reverse(f"courses:{name}", args=args)


def codes(client, cohort):
    page = client.post(of("evaluation-slips", cohort.public_id))
    return page.context["codes"]


def test_the_base_opens_it_prints_slips_and_trainees_answer_without_an_account():
    cohort = a_running_cohort(3)
    clerk = signed_in("base_manager", cohort.base)
    opened = clerk.post(of("open-evaluation", cohort.public_id), {"closes_on": today().isoformat()})
    assert opened.status_code == 302
    printed = codes(clerk, cohort)
    assert len(printed) == 3
    trainee = Client()
    spaced = f"{printed[0][:4]} {printed[0][4:]}"
    form = trainee.post(of("evaluate-look-up"), {"code": spaced}).headers["Location"]
    assert form == of("evaluate", printed[0])
    answer = trainee.get(form)
    assert answer.headers["Cache-Control"] == "no-store"
    assert cohort.name not in answer.content.decode()
    assert trainee.post(form, {**ALL_GOOD, "content": ""}).status_code == 422
    assert trainee.post(form, ALL_GOOD).headers["Location"] == of("evaluate-thanks")
    assert trainee.post(form, ALL_GOOD).status_code == 409
    assert EvaluationAnswer.objects.count() == 1


def test_a_comment_with_a_number_comes_back_with_what_was_chosen():
    cohort = open_one().cohort
    clerk = signed_in("base_manager", cohort.base)
    form = of("evaluate", codes(clerk, cohort)[0])
    answer = Client().post(form, {**ALL_GOOD, "comment": "打 138 1234 5678"})
    assert answer.status_code == 422
    assert "不记名，请删除" in answer.content.decode()
    assert answer.content.decode().count(" checked") == len(BUILT_IN)


def test_wrong_codes_are_throttled_and_right_ones_are_not():
    cohort = open_one(30).cohort
    printed = codes(signed_in("base_manager", cohort.base), cohort)
    address = Client()
    for code in printed:
        assert address.get(of("evaluate", code)).status_code == 200
    answers = {address.get(of("evaluate", "12345")).status_code for _number in range(21)}
    assert answers == {302, 429}
    assert address.get(of("evaluate", printed[0])).status_code == 429


def test_results_are_hidden_while_it_is_open_and_below_five():
    running = answered(open_one(), [5] * 6, on=today())
    officer = signed_in("federation_officer", a_federation("620500"))
    text = officer.get(of("evaluation", running.cohort.public_id)).content.decode()
    assert "截止以后才能看结果" in text
    assert "各题的结果" not in text
    few = closed((5, 5, 5, 5))
    assert "不到 5 份" in officer.get(of("evaluation", few.cohort.public_id)).content.decode()
    told = officer.get(of("evaluation", closed().cohort.public_id)).content.decode()
    assert "50.0%" in told
    assert "老师很有耐心" in told


def test_an_auditor_reads_the_figures_and_not_what_was_written():
    held = closed()
    text = signed_in("auditor", a_federation("620500")).get(of("evaluation", held.cohort.public_id))
    assert "各题的结果" in text.content.decode()
    assert "老师很有耐心" not in text.content.decode()


def test_an_officer_inspects_and_records_the_calls_that_were_drawn():
    cohort = a_running_cohort(12)
    officer = signed_in("federation_officer", a_federation("620500"))
    given = dict.fromkeys(("register", "presence", "content", "trainer", "place", "accessibility"), "4")
    sent = {"reviewed_on": TODAY.isoformat(), "reviewer": "罗志强", "findings": "", **given}
    made = officer.post(of("new-review", cohort.public_id, "inspection"), sent)
    review = cohort.reviews.get()
    assert made.headers["Location"] == of("review", review.public_id)
    first, second = review.calls.all()
    answer = officer.post(of("call", review.public_id, first.pk), {"result": "confirmed", "note": "上了十天"})
    assert answer.status_code == 302
    text = officer.get(of("review", review.public_id)).content.decode()
    assert "上了十天" in text
    assert second.enrolment.person.name not in text
    assert officer.post(of("draw-another", review.public_id)).status_code == 302
    assert review.calls.count() == 3


def test_questions_are_set_by_the_federation_and_asked_in_the_readers_language():
    city = a_federation("620500")
    officer = signed_in("federation_officer", city)
    sent = {"text_1": "上课的地方方便到达吗？", "text_en_1": "Is the place easy to reach?"}
    assert officer.post(of("questions", city.public_id), sent).status_code == 302
    cohort = a_running_cohort(1)
    an_evaluation(cohort, on=today(), closes_on=today())
    code = codes(signed_in("base_manager", cohort.base), cohort)[0]
    english = Client().get(of("evaluate", code), headers={"Accept-Language": "en"}).content.decode()
    assert "Is the place easy to reach?" in english
    traditional = Client().get(of("evaluate", code), headers={"Accept-Language": "zh-hant"}).content.decode()
    assert '<span lang="zh-Hans">上课的地方方便到达吗？</span>' in traditional


def test_the_list_costs_as_many_queries_for_many(django_assert_max_num_queries):
    cohort = a_running_cohort(1)
    for _number in range(5):
        an_evaluation(a_running_cohort(1, base=cohort.base))
    clerk = signed_in("base_manager", cohort.base)
    with django_assert_max_num_queries(8):
        assert clerk.get(of("evaluations")).status_code == 200
    assert Evaluation.objects.count() == 5


def test_the_first_page_counts_classes_to_evaluate_and_trainees_to_call():
    cohort = a_cohort(state="completed")
    clerk = an_actor("base_manager", cohort.base)
    [waiting] = evaluation_work.waiting(clerk, on=TODAY)
    assert (waiting.key, waiting.count, waiting.oldest) == ("cohorts_to_evaluate", 1, cohort.ends_on)
    an_evaluation(cohort)
    assert evaluation_work.waiting(clerk, on=TODAY) == []
    officer = an_actor("federation_officer", a_federation("620502"))
    assert evaluation_work.waiting(officer, on=TODAY) == []
    review = an_inspection(a_running_cohort(11))
    [waiting] = evaluation_work.waiting(officer, on=TODAY)
    assert (waiting.key, waiting.count, waiting.oldest) == ("spot_calls", 2, TODAY)
    assert waiting.url == of("review", review.public_id)
