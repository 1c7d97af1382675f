from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from registry.models import Accreditation, Application, Evidence
from tests.registry.base_factories import REASONS, an_application
from tests.registry.factories import a_base, a_federation, an_accreditation

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_manager_drafts_adds_papers_and_submits(browser: Browser) -> None:
    county, base = a_federation("620502"), a_base("620502")
    manager = browser("base_manager", base)
    asked = {"federation": county.public_id, "kind": "practical", "categories": ["blind_massage"], **REASONS}
    assert manager.post(f"/bases/{base.public_id}/apply/", asked).status_code == 302
    application = Application.objects.get()
    page = f"/applications/{application.public_id}/"
    paper = SimpleUploadedFile("消防验收.pdf", b"%PDF-1.7")
    assert manager.post(f"{page}evidence/", {"file": paper}).status_code == 302
    assert "消防验收.pdf" in text(manager.get(page))
    assert manager.post(f"{page}submit/", {}).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.kind) == ("submitted", "practical")
    later = SimpleUploadedFile("租赁合同.pdf", b"%PDF-1.7 lease")
    assert manager.post(f"{page}evidence/", {"file": later}).status_code == 422
    assert Evidence.objects.count() == 1


def test_what_is_missing_at_submission_is_said(browser: Browser) -> None:
    draft = an_application(site="")
    manager = browser("base_manager", draft.base)
    answer = manager.post(f"/applications/{draft.public_id}/submit/", {})
    assert answer.status_code == 422
    assert "这一项必须填写" in text(answer)


def test_a_renewal_begins_with_the_old_plaque_and_the_reasons_of_last_time(browser: Browser) -> None:
    base = a_base("620502")
    old = an_accreditation(base, plaque_number="620502-2021-007", categories=["heritage"])
    an_application("returned", base=base, kind="incubation")
    page = text(browser("base_manager", base).get(f"/bases/{base.public_id}/apply/?renews={old.pk}"))
    assert "<h1>申报续期</h1>" in page
    assert "620502-2021-007" in page
    assert REASONS["site"] in page
    assert 'value="heritage" id="id_categories_1" checked' in page


STEPS = ("同意挂牌", "不予挂牌", "退回基地修改", "撤回申报")


def test_each_role_is_offered_its_own_steps_only(browser: Browser) -> None:
    county = a_federation("620502")
    checked = an_application("checked")
    page = f"/applications/{checked.public_id}/"
    offered = {
        role: [
            step
            for step in ("同意挂牌", "不予挂牌", "退回基地修改", "撤回申报")
            if f">{step}</a>" in text(client.get(page))
        ]
        for role, client in (
            ("approver", browser("approver", county)),
            ("federation_officer", browser("federation_officer", county)),
            ("trainer", browser("trainer", checked.base)),
        )
    }
    assert offered == {
        "approver": ["同意挂牌", "不予挂牌", "退回基地修改"],
        "federation_officer": ["撤回申报"],
        "trainer": [],
    }


def test_an_officer_gives_points_an_approver_accepts_several_go_on_one_notice(browser: Browser) -> None:
    county = a_federation("620502")
    officer, approver = browser("federation_officer", county), browser("approver", county)
    several = [an_application("submitted") for _n in range(2)]
    for one in several:
        points = {f"points_{number}": "90" for number in range(5)}
        address = f"/applications/{one.public_id}/"
        assert officer.post(f"{address}check/", points | {"opinion": "条件具备"}).status_code == 302
        assert approver.post(f"{address}accept/", {}).status_code == 302
    assert "公示选中的申报" in text(officer.get("/applications/?state=accepted"))
    query = "&".join(f"application={one.public_id}" for one in several)
    preview = officer.get(f"/applications/publish/?{query}")
    assert "发布公示（培训机构），共 2 项" in text(preview)
    form = preview.context["form"]
    asked = {name: str(form.initial[name]) for name in ("title", "ends_on", "checked")}
    assert officer.post(f"/applications/publish/?{query}", asked | {"intro": ""}).status_code == 302
    assert {one.state for one in Application.objects.all()} == {"on_notice"}
    page = f"/applications/{several[0].public_id}/"
    assert "正在公示" in text(approver.get(page))
    early = {"plaque_number": "620502-2026-001", "granted_on": "2024-06-03"}
    answer = approver.post(f"{page}accredit/", early)
    assert answer.status_code == 422
    assert "公示还没有期满" in text(answer)
    assert not Accreditation.objects.exists()


def test_applications_to_two_federations_are_not_published_together(browser: Browser) -> None:
    one, other = an_application("accepted"), an_application("accepted", federation=a_federation("620500"))
    officer = browser("federation_officer", a_federation("620500"))
    query = f"application={one.public_id}&application={other.public_id}"
    answer = officer.get(f"/applications/publish/?{query}", follow=True)
    assert "请选择报给同一家残联的申报" in text(answer)


def test_the_list_takes_a_fixed_number_of_queries(browser: Browser, django_assert_num_queries: Any) -> None:
    officer = browser("federation_officer", a_federation("620502"))
    an_application("accepted")
    with django_assert_num_queries(8):
        officer.get("/applications/?state=accepted")
    for _n in range(10):
        an_application("accepted")
    with django_assert_num_queries(8):
        officer.get("/applications/?state=accepted")


def test_the_page_of_a_base_takes_a_fixed_number_of_queries(
    browser: Browser, django_assert_num_queries: Any
) -> None:
    base = a_base("620502")
    an_accreditation(base)
    an_application(base=base)
    approver = browser("approver", a_federation("620500"))
    with django_assert_num_queries(15):
        approver.get(f"/bases/{base.public_id}/")
    for kind in ("incubation", "practical"):
        an_accreditation(base)
        an_application(base=base, kind=kind)
    with django_assert_num_queries(15):
        approver.get(f"/bases/{base.public_id}/")
