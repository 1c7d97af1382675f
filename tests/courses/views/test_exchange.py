"""Data goes out by a form that asks why and for whom first; the file is checked before it is taken."""

import pytest
from django.test import Client

from courses.models import ExportFile, PopulationFigure
from registry.models import AuditEvent, Export
from tests.courses.exchange_factories import an_export, sheets_of
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import a_base, a_federation, a_person, a_region, an_account

pytestmark = pytest.mark.django_db
WHY = {"purpose": "supervision", "recipient": "甘肃省残疾人联合会"}


def text(answer):
    return answer.content.decode()


def signed_in(role="federation_officer", organisation=None):
    client = Client()
    client.force_login(an_account(role, organisation or a_federation("620500")))
    return client


@pytest.fixture
def officer():
    return signed_in()


def test_an_officer_exports_with_a_reason_checks_the_file_and_takes_it(officer):
    a_region("620502")
    person = a_person(1)
    page = officer.get("/courses/exchange/export/people/")
    assert "没有勾选的用 * 遮住" in text(page)
    answer = officer.post(
        "/courses/exchange/export/people/", WHY | {"region": "620500", "in_clear": ["name"]}, follow=True
    )
    assert "人员台账已备好，共 1 行" in text(answer)
    assert "请先看每一栏填了多少" in text(answer)
    assert person.name not in text(answer)
    address = answer.redirect_chain[-1][0]
    taken = officer.post(f"{address}download/")
    assert person.name in str(sheets_of(taken.content)["人员台账"])
    assert taken["Cache-Control"] == "no-store"
    assert AuditEvent.objects.filter(verb="data.handed_out").count() == 1
    assert Export.objects.get().recipient == WHY["recipient"]
    assert text(officer.get("/courses/exchange/")).count("人员台账") == 2


def test_nothing_is_made_without_a_reason_and_nothing_is_ticked_for_anyone(officer):
    a_person(1)
    answer = officer.post("/courses/exchange/export/people/", {"region": "620500"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"purpose", "recipient"}
    assert not ExportFile.objects.exists()
    ticks = officer.get("/courses/exchange/export/people/").context["form"]["in_clear"]
    assert not ticks.value()


def test_a_file_is_never_taken_by_a_get(officer):
    a_person(1)
    held = an_export()
    assert officer.get(f"/courses/exchange/files/{held.public_id}/download/").status_code == 302
    assert not AuditEvent.objects.filter(verb="data.handed_out").exists()


def test_a_cohort_leads_to_the_export_of_its_roster(officer):
    cohort = a_completed_cohort(a_base("620502"))
    link = f"/courses/cohorts/{cohort.public_id}/export/"
    assert link in text(officer.get(f"/courses/cohorts/{cohort.public_id}/"))
    answer = officer.post(link, WHY, follow=True)
    assert "培训班花名册已备好，共 1 行" in text(answer)
    manager = signed_in("base_manager", cohort.base)
    assert link not in text(manager.get(f"/courses/cohorts/{cohort.public_id}/"))
    assert manager.get(link).status_code == 403


def test_a_file_that_cannot_be_made_says_why(officer):
    a_person(1)
    held = an_export(made=False)
    ExportFile.objects.update(problem="not_permitted")
    assert "人员台账没有做成" in text(officer.get(f"/courses/exchange/files/{held.public_id}/"))


def test_a_file_on_its_way_shows_how_far_it_is(officer):
    a_person(1)
    held = an_export(made=False)
    page = text(officer.get(f"/courses/exchange/files/{held.public_id}/"))
    assert "已完成 0 / 1 行" in page
    assert "后台程序现在没有运行" in page
    assert officer.post(f"/courses/exchange/files/{held.public_id}/download/").status_code == 404


def test_the_entry_rate_is_registered_by_what_the_federation_says(officer):
    a_region("620503")
    a_person(1), a_person(2), a_person(3, region="620503")
    said = {"as_of": "2024-01-31", "document": "甘残联〔2024〕1号"}
    for code, people in (("620500", "4"), ("620502", "2"), ("620503", "2")):
        answer = officer.post("/courses/exchange/entry-rates/", said | {"region": code, "people": people})
        assert answer.status_code == 302
    page = officer.get("/courses/exchange/entry-rates/")
    assert "天水市录入率 75.0%" in text(page)
    rates = {rate.region.code: rate for rate in page.context["units"]}
    assert (rates["620502"].rank, rates["620502"].is_below) == (1, False)
    assert (rates["620503"].rank, rates["620503"].is_below) == (2, True)
    assert "低于上级" in text(page)
    assert AuditEvent.objects.filter(verb="population_figure.recorded").count() == 3


def test_a_figure_is_corrected_by_one_for_the_same_day(officer):
    said = {"as_of": "2024-01-31", "document": "甘残联〔2024〕1号", "region": "620500"}
    for people in ("40", "50"):
        officer.post("/courses/exchange/entry-rates/", said | {"people": people})
    assert PopulationFigure.objects.get().people == 50
    wrong = officer.post("/courses/exchange/entry-rates/", said | {"people": "0"})
    assert wrong.status_code == 422
    assert officer.post("/courses/exchange/entry-rates/", said | {"people": "300000000"}).status_code == 422
    later = said | {"people": "9", "as_of": "2199-01-01"}
    assert officer.post("/courses/exchange/entry-rates/", later).status_code == 422


def test_only_federations_read_the_rates_and_only_officers_type_figures_in():
    assert signed_in("base_manager", a_base()).get("/courses/exchange/entry-rates/").status_code == 403
    reader = signed_in("auditor")
    assert reader.get("/courses/exchange/entry-rates/").status_code == 200
    assert reader.post("/courses/exchange/entry-rates/", {}).status_code == 403
    assert reader.get("/courses/exchange/entry-rates/?region=360102").status_code == 404


def test_the_api_does_the_same(officer):
    person = a_person(1)
    asked = {"ledger": "people", "region": "620500", "in_clear": ["name"]} | WHY
    made = officer.post("/api/courses/exports", asked, "application/json").json()
    assert (made["state"], made["done"], made["total"]) == ("ready", 1, 1)
    address = f"/api/courses/exports/{made['public_id']}"
    assert officer.get(address).json()["completeness"][0]["filled"][1] == ["姓名", 1]
    assert person.name in str(sheets_of(officer.post(f"{address}/download").content))
    for wrong, status in ({"region": "360102"}, 403), ({"ledger": "x"}, 404), ({"recipient": ""}, 422):
        a_region("360102")
        assert officer.post("/api/courses/exports", asked | wrong, "application/json").status_code == status
    assert signed_in("auditor").get(address).status_code == 404
