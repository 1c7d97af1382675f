from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.models import AuditEvent, EmploymentStatus, NeedRegistration, Person
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_disability_number,
    a_federation,
    a_name,
    a_person,
    a_region,
)

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def officer(browser: Browser) -> Client:
    return browser("federation_officer", a_federation("620500"))


def test_the_list_says_how_many_and_shows_no_number(officer: Client) -> None:
    for n in range(1, 4):
        a_person(n)
    a_person(9, region="360102")
    page = text(officer.get("/people/"))
    assert "<h1>学员，共 3 人</h1>" in page
    assert "620502********0" in page
    assert a_citizen_id(1) not in page


def test_the_list_takes_the_same_number_of_queries_for_two_as_for_fifty(
    officer: Client, django_assert_num_queries: Any
) -> None:
    a_person(1)
    officer.get("/people/")
    with django_assert_num_queries(9) as first:
        officer.get("/people/")
    for n in range(2, 60):
        a_person(n)
    with django_assert_num_queries(len(first)):
        page = text(officer.get("/people/"))
    assert "第 1 页，共 2 页" in page


@pytest.mark.parametrize("page", ["2", "99", "0", "x", "-1"])
def test_a_page_that_is_not_there_gives_the_nearest(officer: Client, page: str) -> None:
    a_person(1)
    assert officer.get(f"/people/?page={page}").status_code == 200


def test_a_full_number_typed_with_spaces_finds_its_person(officer: Client) -> None:
    person = a_person(1)
    number = a_citizen_id(1)
    found = officer.post("/people/", {"text": f" {number[:6]} {number[6:14]} {number[14:]} "})
    assert found["Location"] == f"/people/{person.public_id}/"


def test_a_part_of_a_number_finds_nobody(officer: Client) -> None:
    a_person(1)
    assert "<h1>找到 0 人</h1>" in text(officer.post("/people/", {"text": a_citizen_id(1)[:17]}))


def test_part_of_a_name_finds_people_in_reach_only(officer: Client) -> None:
    for n, region in ((11, "620502"), (21, "620503"), (31, "360102")):
        a_person(n, region=region, name=f"欧阳{a_name(n)}")
    page = text(officer.post("/people/", {"text": "欧阳"}))
    assert "<h1>找到 2 人</h1>" in page


def test_a_person_page_masks_every_number(officer: Client) -> None:
    person = a_person(1, base=a_base(), education="初中")
    page = text(officer.get(f"/people/{person.public_id}/"))
    for shown in ("620502********", "138****0001", "甘肃省天水市秦州区", "初中", "视力"):
        assert shown in page
    for hidden in (person.citizen_id, person.phone, a_disability_number(person.citizen_id)):
        assert hidden not in page


def test_a_person_page_takes_a_fixed_number_of_queries(
    officer: Client, django_assert_num_queries: Any
) -> None:
    base = a_base()
    person = a_person(1, base=base)
    with django_assert_num_queries(16) as few:
        officer.get(f"/people/{person.public_id}/")
    for n in range(2, 5):
        a_person(1, base=a_base(), grade=n % 4 + 1)
    with django_assert_num_queries(len(few)):
        officer.get(f"/people/{person.public_id}/")


def test_category_and_grade_are_for_those_who_edit(browser: Browser) -> None:
    base = a_base()
    person = a_person(1, base=base, category="psychosocial")
    page = text(browser("trainer", base).get(f"/people/{person.public_id}/"))
    assert "精神" not in page
    assert "已登记。类别和等级只有经办人员可以看。" in page
    assert "显示完整号码" not in page


def test_a_person_page_leads_to_the_certificates_for_those_who_may_read_them(browser: Browser) -> None:
    base = a_base()
    person = a_person(1, base=base)
    address = f"/people/{person.public_id}/"
    for role, may in (("base_manager", True), ("trainer", False)):
        client = browser(role, base)
        assert (f'href="{address}certificates/"' in text(client.get(address))) == may
        assert (client.get(f"{address}certificates/").status_code == 200) == may


def test_a_number_is_shown_once_with_a_reason_and_the_look_is_recorded(officer: Client) -> None:
    person = a_person(1)
    address = f"/people/{person.public_id}/"
    shown = officer.post(f"{address}reveal/", {"field": "citizen_id", "reason": "check_document"})
    assert person.citizen_id in text(shown)
    assert shown["Cache-Control"] == "no-store"
    assert person.citizen_id not in text(officer.get(address))
    look = AuditEvent.objects.get(verb="person.revealed")
    assert (look.subject_id, look.facts) == (
        person.public_id,
        {"field": "citizen_id", "reason": "check_document"},
    )


def test_without_a_reason_nothing_is_shown_or_recorded(officer: Client) -> None:
    person = a_person(1)
    answer = officer.post(f"/people/{person.public_id}/reveal/", {"field": "citizen_id"})
    assert answer.status_code == 422
    assert 'href="#id_reason"' in text(answer)
    assert person.citizen_id not in text(answer)
    assert not AuditEvent.objects.filter(verb="person.revealed").exists()


def new_person(**values: Any) -> dict[str, Any]:
    return {
        "name": "古丽娜·买买提",
        "citizen_id": a_citizen_id(8),
        "kind": "disabled",
        "disability_number": a_disability_number(a_citizen_id(8), "hearing", 1, "B1"),
        "region": "620502",
        "phone": "139 0000 1111",
        "access_needs": ["sign_language", "captions"],
        **values,
    }


def test_registering_leads_to_the_new_persons_page(officer: Client) -> None:
    a_region("620502")
    answer = officer.post("/people/new/", new_person())
    person = Person.objects.get()
    assert answer["Location"] == f"/people/{person.public_id}/"
    assert (person.name, person.phone, person.access_needs) == (
        "古丽娜·买买提",
        "13900001111",
        ["captions", "sign_language"],
    )


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"citizen_id": "62050219850315"}, "citizen_id", "身份证号应有 18 位，这里有 14 位。"),
        ({"disability_number": a_disability_number(a_citizen_id(9))}, "disability_number", "不一致"),
        ({"name": "李1"}, "name", "姓名的第 2 个字符"),
        ({"name": ""}, "name", "请填写：姓名"),
        ({"region": "999999"}, "region", "选择"),
        ({"phone": "1" * 41}, "phone", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    officer: Client, values: dict[str, str], field: str, sentence: str
) -> None:
    a_region("620502")
    answer = officer.post("/people/new/", new_person(**values))
    assert answer.status_code == 422
    page = text(answer)
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}_error"' in page
    assert sentence in page
    assert "错误：" in page.partition("</title>")[0]
    assert not Person.objects.exists()


def test_staff_of_a_base_register_people_of_other_places_for_their_base(browser: Browser) -> None:
    base = a_base()
    a_region("360102")
    manager = browser("base_manager", base)
    page = text(manager.get("/people/new/"))
    assert f'value="{base.public_id}" selected' in page
    answer = manager.post("/people/new/", new_person(region="360102", base=base.public_id))
    assert manager.get(answer["Location"]).status_code == 200
    assert Person.objects.get().region.code == "360102"


def test_a_place_with_a_name_that_many_have_asks_for_its_code(browser: Browser) -> None:
    base = a_base()
    for code in ("130102", "220102", "130602"):
        a_region(code)
    a_region("310106")
    manager = browser("base_manager", base)
    assert manager.post("/people/new/", new_person(region="静安区", base=base.public_id)).status_code == 302


def test_employment_and_needs_are_recorded_on_pages(officer: Client) -> None:
    person = a_person(1)
    address = f"/people/{person.public_id}/"
    officer.post(f"{address}employment/", {"status": "employed", "since": "2024-05-01"})
    officer.post(f"{address}need/", {"training_need": "yes", "employment_need": "no", "employable": "yes"})
    assert EmploymentStatus.objects.get().status == "employed"
    assert NeedRegistration.objects.get().employment_need is False
    page = text(officer.get(address))
    assert "已就业，从2024年5月1日起" in page
    assert "没有就业需求" in page
    late = officer.post(f"{address}employment/", {"status": "employed", "since": "2199-01-01"})
    assert late.status_code == 422
    assert "日期不能晚于今天。" in text(late)


def test_consent_is_recorded_and_withdrawn_on_the_persons_page(officer: Client) -> None:
    person = a_person(1)
    address = f"/people/{person.public_id}/"
    given = {"purpose": "sharing", "channel": "audio", "text_version": "2024-01", "given_on": "2024-05-01"}
    officer.post(f"{address}consents/", given)
    consent = person.consents.get()
    officer.post(f"{address}consents/{consent.pk}/withdraw/")
    consent.refresh_from_db()
    assert consent.withdrawn_on is not None
    assert officer.post(f"{address}consents/{consent.pk}/withdraw/").status_code == 409


def test_a_consent_of_another_person_is_not_found(officer: Client) -> None:
    mine, other = a_person(1), a_person(2)
    given = {"purpose": "sharing", "channel": "audio", "text_version": "2024-01", "given_on": "2024-05-01"}
    officer.post(f"/people/{other.public_id}/consents/", given)
    address = f"/people/{mine.public_id}/consents/{other.consents.get().pk}/withdraw/"
    assert officer.post(address).status_code == 404


def test_a_person_who_moved_away_is_no_longer_seen(browser: Browser) -> None:
    county = browser("federation_officer", a_federation("620502"))
    person = a_person(1)
    a_region("360102")
    answer = county.post(f"/people/{person.public_id}/move/", {"region": "360102"})
    assert answer["Location"] == "/people/"
    assert county.get(f"/people/{person.public_id}/").status_code == 404


def test_searching_is_limited_to_what_an_office_does(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.views.people.SEARCHES_AN_HOUR", 2)
    for _ in range(2):
        assert officer.post("/people/", {"text": "王"}).status_code == 200
    assert officer.post("/people/", {"text": "王"}).status_code == 429


def test_filters_show_whom_something_is_missing_of(officer: Client) -> None:
    with_need, without = a_person(1), a_person(2)
    officer.post(
        f"/people/{with_need.public_id}/need/",
        {"training_need": "yes", "employment_need": "yes", "employable": "yes"},
    )
    page = text(officer.get("/people/?missing=need"))
    assert without.public_id in page
    assert with_need.public_id not in page
    assert "1 人还没有登记培训和就业需求" in text(officer.get("/"))
