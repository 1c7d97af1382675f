"""The queue of review flags, and one flag with its evidence: for federations, in words, names only where they may be."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.actions import flags
from courses.models import ReviewFlag
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, bring_to, enrolled, some_people
from tests.courses.flag_factories import (
    a_flag,
    a_flag_of_a_trainee,
    an_accredited_base,
    an_old_person,
    rechecked,
)
from tests.registry.factories import a_federation, a_region, an_account

pytestmark = pytest.mark.django_db
QUEUE = "/courses/flags/"


def signed_in(role: str, organisation) -> Client:
    client = Client()
    client.force_login(an_account(role, organisation))
    return client


def text(response) -> str:
    return response.content.decode()


def test_the_queue_shows_what_waits_the_oldest_first():
    base = an_accredited_base()
    first, second = a_flag(base), a_flag_of_a_trainee(base)
    flags.decide(by=SYSTEM, on=TODAY, flag=a_flag(base), verdict="dismissed", reason="无误")
    page = text(signed_in("auditor", a_federation("620500")).get(QUEUE))
    assert "疑点（待核实），共 2 个" in page
    assert page.index(first.public_id) < page.index(second.public_id)
    assert "一起核实" not in page


def test_the_queue_is_narrowed_by_check_state_and_cohort():
    base = an_accredited_base()
    long_day, old = a_flag(base), a_flag_of_a_trainee(base)
    client = signed_in("approver", a_federation("620500"))
    assert old.public_id not in text(client.get(f"{QUEUE}?check=long_days"))
    assert "共 0 个" in text(client.get(f"{QUEUE}?state=confirmed"))
    assert "共 2 个" in text(client.get(f"{QUEUE}?state=all"))
    of_one = text(client.get(f"{QUEUE}?cohort={long_day.cohort.public_id}"))
    assert long_day.public_id in of_one
    assert old.public_id not in of_one


def test_a_flag_says_what_was_found_and_what_can_be_innocent():
    page = text(signed_in("approver", a_federation("620500")).get(f"{QUEUE}{a_flag().public_id}/"))
    assert "待核实：一天的课时过多" in page
    assert "在 2024年5月14日，一天的课时超过 8，最多的一天有 9 课时。" in page
    assert "两批学员轮流实操" in page
    assert "2024年6月3日 12:00" in page


def test_a_trainee_is_named_to_who_may_see_them_with_the_number_masked():
    flag = a_flag_of_a_trainee()
    person = flag.enrolment.person
    page = text(signed_in("approver", a_federation("620500")).get(f"{QUEUE}{flag.public_id}/"))
    assert person.name in page
    assert person.citizen_id not in page
    assert person.name not in text(signed_in("approver", a_federation("620500")).get(QUEUE))


def test_a_trainee_from_elsewhere_is_not_named():
    base = an_accredited_base("620502")
    stranger = a_flag_of_a_trainee(base).enrolment.person
    stranger.region = a_region("211102")
    stranger.save()
    flag = ReviewFlag.objects.get()
    page = text(signed_in("approver", a_federation("620500")).get(f"{QUEUE}{flag.public_id}/"))
    assert stranger.name not in page


def test_another_cohort_is_named_where_it_may_be_seen():
    base = an_accredited_base()
    people = some_people(1, base)
    for _cohort in range(2):
        cohort = a_cohort(base, state="enrolling")
        enrolled(cohort, people)
    rechecked(cohort)
    flag = ReviewFlag.objects.get()
    page = text(signed_in("approver", a_federation("620500")).get(f"{QUEUE}{flag.public_id}/"))
    assert "这名学员同时还在另一个培训班：2024年第1期。" in page


def test_a_decision_is_recorded_with_its_reason_and_offers_what_may_follow():
    flag = a_flag()
    client = signed_in("approver", a_federation("620500"))
    sent = {"verdict": "confirmed", "reason": "现场核查，当天没有上课。"}
    answer = client.post(f"{QUEUE}{flag.public_id}/decide/", sent, follow=True)
    assert "确认有问题：一天的课时过多" in text(answer)
    assert "现场核查，当天没有上课。" in text(answer)
    assert reverse("certificates:change-cohort", args=[flag.cohort.public_id]) in text(answer)


def test_several_flags_are_decided_from_the_queue():
    base = an_accredited_base()
    chosen = [a_flag(base).public_id, a_flag_of_a_trainee(base).public_id]
    client = signed_in("approver", a_federation("620500"))
    sent = {"flags": chosen, "verdict": "dismissed", "reason": "当地规定。"}
    assert "已核实 2 个疑点。" in text(client.post(f"{QUEUE}decide/", sent, follow=True))
    refused = client.post(f"{QUEUE}decide/", sent | {"flags": []})
    assert refused.status_code == 422
    assert "请至少选择一个疑点" in text(refused)


def test_who_does_not_decide_is_refused():
    flag = a_flag()
    sent = {"flags": [flag.public_id], "verdict": "dismissed", "reason": "无"}
    for role in ("federation_officer", "auditor"):
        client = signed_in(role, a_federation("620500"))
        assert client.post(f"{QUEUE}decide/", sent).status_code == 403
        assert client.post(f"{QUEUE}{flag.public_id}/decide/", sent).status_code == 403
    assert ReviewFlag.objects.get().state == "open"


def test_the_base_never_learns_of_a_flag():
    flag = a_flag()
    bring_to(flag.cohort, "running")
    client = signed_in("base_manager", flag.cohort.base)
    assert client.get(QUEUE).status_code == 403
    assert client.get(f"{QUEUE}{flag.public_id}/").status_code == 404
    own = text(client.get(f"/courses/cohorts/{flag.cohort.public_id}/"))
    assert "疑点" not in own
    assert "疑点" not in text(client.get("/"))


def test_the_approver_reads_of_it_on_the_page_of_the_cohort_and_on_the_first_page():
    flag = a_flag()
    client = signed_in("approver", a_federation("620500"))
    assert "1 个疑点待核实" in text(client.get(f"/courses/cohorts/{flag.cohort.public_id}/"))
    assert "1 个疑点等待核实，最早 2024年6月3日发现" in text(client.get("/"))


def test_a_page_of_fifty_flags_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    base = an_accredited_base()
    cohort = a_cohort(base, state="enrolling")
    enrolled(cohort, [an_old_person(9000 + n, base) for n in range(30)])
    rechecked(cohort)
    client = signed_in("approver", a_federation("620500"))
    with django_assert_max_num_queries(14):
        assert "共 30 个" in text(client.get(QUEUE))
