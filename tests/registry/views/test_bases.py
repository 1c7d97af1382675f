from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from registry.models import Accreditation, TrainingBase
from registry.requests import today
from tests.registry.factories import a_base, a_federation, a_region, a_uscc, an_accreditation

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_list_is_filtered_by_region_category_and_plaque(browser: Browser) -> None:
    reader = browser("read_only", a_federation("620500"))
    massage = a_base("620502", categories=["blind_massage", "general"], name="按摩学校")
    crafts = a_base("620503", categories=["heritage"], name="刺绣学校")
    far = a_base("360102", name="南昌学校")
    an_accreditation(massage)
    filters = {
        "": {massage, crafts},
        "?region=620503": {crafts},
        "?category=blind_massage": {massage},
        "?accredited=yes": {massage},
        "?accredited=no": {crafts},
        "?region=620502&accredited=no": set(),
        "?category=nonsense": {massage, crafts},
    }
    for query, found in filters.items():
        page = text(reader.get(f"/bases/{query}"))
        assert f"<h1>培训基地，共 {len(found)} 家</h1>" in page, query
        for base in (massage, crafts, far):
            assert (base.name in page) is (base in found), (query, base)


def test_the_list_takes_a_fixed_number_of_queries(browser: Browser, django_assert_num_queries: Any) -> None:
    reader = browser("read_only", a_federation("620500"))
    an_accreditation(a_base("620502"))
    with django_assert_num_queries(10) as few:
        reader.get("/bases/")
    for _base in range(20):
        an_accreditation(a_base("620502"))
    with django_assert_num_queries(len(few)):
        reader.get("/bases/")


def test_plaques_that_end_soon_are_on_the_approvers_work_list(browser: Browser) -> None:
    soon = a_base("620502", name="快到期学校")
    an_accreditation(soon, valid_until=today())
    approver = browser("approver", a_federation("620502"))
    assert "1 个培训基地的挂牌即将到期" in text(approver.get("/"))
    assert "快到期学校" in text(approver.get("/bases/?accredited=ending"))


def new_base(**values: Any) -> dict[str, Any]:
    return {
        "name": "天水市第一残疾人职业培训学校",
        "public_name": "天水市第一职业培训学校",
        "region": "620502",
        "kind": "training",
        "institution_kind": "training_institution",
        "ownership": "private",
        "uscc": a_uscc(5),
        "categories": ["general", "e_commerce"],
        **values,
    }


def test_an_officer_registers_a_base(browser: Browser) -> None:
    a_region("620502")
    officer = browser("federation_officer", a_federation("620500"))
    answer = officer.post("/bases/new/", new_base())
    base = TrainingBase.objects.get()
    assert answer["Location"] == f"/bases/{base.public_id}/"
    page = text(officer.get(answer["Location"]))
    assert "现在没有有效的挂牌。" in page
    assert "甘肃省天水市秦州区" in page


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"uscc": "91620500MA00000000"}, "uscc", "统一社会信用代码"),
        ({"uscc": ""}, "uscc", "至少要填一项"),
        ({"public_name": "天水市残疾人学校"}, "public_name", "会让人看出持证人有残疾"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    browser: Browser, values: dict[str, str], field: str, sentence: str
) -> None:
    a_region("620502")
    answer = browser("federation_officer", a_federation("620500")).post("/bases/new/", new_base(**values))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)
    assert sentence in text(answer)
    assert not TrainingBase.objects.exists()


def test_an_approver_puts_a_plaque_up_and_takes_it_down(browser: Browser) -> None:
    base, federation = a_base("620502"), a_federation("620500")
    approver = browser("approver", federation)
    plaque = {
        "federation": federation.public_id,
        "level": "prefectural",
        "kind": "training",
        "plaque_number": "天残培训001",
        "granted_on": "2024-05-20",
        "valid_until": "2099-05-19",
    }
    assert approver.post(f"/bases/{base.public_id}/accredit/", plaque).status_code == 302
    assert "挂牌有效。" in text(approver.get(f"/bases/{base.public_id}/"))
    held = Accreditation.objects.get()
    revocation = {"revoked_on": "2024-06-03", "reason": "连续两年未开班"}
    address = f"/bases/{base.public_id}/accreditations/{held.pk}/revoke/"
    assert approver.post(address, revocation).status_code == 302
    page = text(approver.get(f"/bases/{base.public_id}/"))
    assert "已摘牌" in page
    assert "连续两年未开班" in page
    again = approver.post(address, revocation)
    assert again.status_code == 422
    assert "之前已经摘下" in text(again)


def test_a_county_cannot_use_the_citys_name(browser: Browser) -> None:
    base, city = a_base("620502"), a_federation("620500")
    county = browser("approver", a_federation("620502"))
    plaque = {
        "federation": city.public_id,
        "level": "prefectural",
        "plaque_number": "1",
        "granted_on": "2024-05-20",
    }
    assert county.post(f"/bases/{base.public_id}/accredit/", plaque).status_code == 422
    held = an_accreditation(base, city, granted_on=date(2024, 1, 1))
    address = f"/bases/{base.public_id}/accreditations/{held.pk}/revoke/"
    assert county.post(address, {"revoked_on": "2024-06-03", "reason": "…"}).status_code == 403
