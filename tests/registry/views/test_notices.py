"""Public notices as anyone reads them, and objections from outside."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.actions import notices
from registry.models import Objection
from registry.requests import today
from registry.rules.access import SYSTEM
from tests.registry.notice_factories import a_notice, an_answer, an_item, an_item_of_a_person, an_objection

pytestmark = pytest.mark.django_db


@pytest.fixture
def anyone():
    return Client()


def running(**values):
    return a_notice(**{"on": today()} | values)


def page(client, name, *args, query=""):
    return client.get(reverse(f"registry:{name}", args=args) + query)


def test_a_running_notice_shows_its_items_masked_to_anyone(anyone):
    notice = running(items=[an_item_of_a_person(1, name="欧阳修文"), an_item(name="甲职业培训学校")])
    answer = page(anyone, "notice", notice.public_id)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'aria-hidden="true">欧阳**</span><span class="vh">欧阳某' in text
    assert "修文" not in text
    assert "甲职业培训学校" in text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"


def test_when_it_ended_only_the_day_is_left(anyone):
    answer = page(anyone, "notice", a_notice(items=[an_item(name="甲职业培训学校")]).public_id)
    assert answer.status_code == 410
    assert "这份公示已于 2024年6月12日结束" in answer.content.decode()
    assert "甲职业培训学校" not in answer.content.decode()


def test_when_it_was_withdrawn_the_reason_is_told(anyone):
    notice = notices.withdraw(by=SYSTEM, on=today(), notice=running(), reason="名单有误，另行公示")
    answer = page(anyone, "notice", notice.public_id)
    assert answer.status_code == 410
    assert "名单有误，另行公示" in answer.content.decode()
    assert notice.title not in answer.content.decode()


def test_the_list_shows_what_runs_and_can_be_filtered(anyone):
    shown, other, ended = (
        running(title="甲公示"),
        running(title="乙公示", kind="subsidy"),
        a_notice(title="丙公示"),
    )
    text = page(anyone, "notices").content.decode()
    assert shown.title in text
    assert other.title in text
    assert ended.title not in text
    assert shown.title not in page(anyone, "notices", query="?kind=subsidy").content.decode()


def test_the_list_costs_as_many_queries_for_many(anyone, django_assert_num_queries):
    for _number in range(20):
        running()
    with django_assert_num_queries(2):
        page(anyone, "notices")


def test_a_long_notice_is_paged(anyone):
    notice = running(items=[an_item() for _number in range(51)])
    assert "共 51 项" in page(anyone, "notice", notice.public_id).content.decode()
    assert (
        page(anyone, "notice", notice.public_id, query="?page=2").context["page"].object_list[0].position
        == 51
    )


def test_a_stranger_objects_and_reads_the_answer_by_the_number(anyone):
    notice = running(items=[an_item(), an_item()])
    form = reverse("registry:object", args=[notice.public_id])
    answer = anyone.post(form, {"item": "2", "text": "场地已经关闭", "contact": "13900001111"})
    objection = Objection.objects.get()
    assert objection.item.position == 2
    receipt = reverse("registry:objection-receipt", args=[objection.receipt])
    assert answer.headers["Location"] == receipt
    told = anyone.get(receipt).content.decode()
    assert f"{objection.receipt[:4]} {objection.receipt[4:8]}" in told
    assert "场地已经关闭" not in told
    assert "13900001111" not in told
    an_answer(objection, is_upheld=True, on=today(), answer="情况属实，本次不予认定。")
    spaced = " ".join(objection.receipt)
    found = Client().post(reverse("registry:objection-look-up"), {"receipt": spaced})
    assert found.headers["Location"] == receipt
    told = anyone.get(receipt).content.decode()
    assert "异议成立" in told
    assert "情况属实，本次不予认定。" in told


def test_the_link_beside_an_item_chooses_it(anyone):
    notice = running(items=[an_item(), an_item_of_a_person(1, name="欧阳修文")])
    text = page(anyone, "object", notice.public_id, query="?item=2").content.decode()
    assert '<option value="2" selected>2. 欧阳某，电子商务，五级</option>' in text


def test_an_objection_after_the_end_is_refused_and_the_form_leads_back(anyone):
    notice = a_notice()
    form = reverse("registry:object", args=[notice.public_id])
    assert anyone.get(form).headers["Location"] == reverse("registry:notice", args=[notice.public_id])
    assert anyone.post(form, {"text": "晚了"}).status_code == 409
    assert not Objection.objects.exists()


def test_objections_are_throttled(anyone):
    form = reverse("registry:object", args=[running().public_id])
    answers = [anyone.post(form, {"text": "又一条"}).status_code for _number in range(6)]
    assert answers == [302] * 5 + [429]


def test_wrong_receipt_numbers_are_throttled_and_right_ones_are_not(anyone):
    held = an_objection(running(), on=today())
    look_up = reverse("registry:objection-look-up")
    for _number in range(31):
        anyone.post(look_up, {"receipt": held.receipt})
    assert anyone.post(look_up, {"receipt": held.receipt}).status_code == 302
    wrong = "0" * 12 if held.receipt != "0" * 12 else "1" * 12
    answers = {anyone.post(look_up, {"receipt": wrong}).status_code for _number in range(31)}
    assert answers == {422, 429}
