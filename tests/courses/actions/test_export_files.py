"""Files of personal data: asked for with a reason, masked unless ticked, formula-safe, sealed, recorded, forgotten."""

from datetime import date
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from courses.actions import export_files
from courses.errors import NothingToExport
from courses.models import ExportFile
from courses.queries.ledgers import national
from registry.actions import standing
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent, Export, Person
from registry.rules.access import SYSTEM
from registry.rules.citizen_ids import Sex, in_working_age
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.exchange_factories import an_export, sheets_of
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import (
    a_base,
    a_citizen_id,
    a_federation,
    a_person,
    a_region,
    an_actor,
)

pytestmark = pytest.mark.django_db


def rows_of(held, sheet):
    return sheets_of(bytes(held.data))[sheet]


def test_what_is_not_ticked_is_masked():
    person = a_person(1)
    header, row = rows_of(an_export("people"), "人员台账")
    cells = dict(zip(header, row, strict=True))
    assert cells["姓名"] == person.name[0] + "**"
    assert cells["身份证号"] == f"{person.citizen_id[:6]}********{person.citizen_id[-4:]}"
    assert (cells["残疾类别"], cells["残疾等级"], cells["出生日期"]) == ("***", "***", "***")
    assert "*" in cells["残疾人证号"]
    assert "*" in cells["联系电话"]


def test_what_is_ticked_is_given_in_full_as_text():
    person = a_person(1)
    held = an_export("people", in_clear=["citizen_id", "name"])
    header, row = rows_of(held, "人员台账")
    cells = dict(zip(header, row, strict=True))
    assert (cells["姓名"], cells["身份证号"]) == (person.name, person.citizen_id)
    assert "*" in cells["残疾人证号"]
    assert held.export.in_clear == ["姓名", "身份证号"]


def test_the_file_says_on_its_first_sheet_who_made_it_when_why_and_for_whom():
    a_person(1)
    officer = an_actor("federation_officer", a_federation("620500"))
    held = an_export("people", by=officer)
    name, cover = next(iter(sheets_of(bytes(held.data)).items()))
    said = {row[0]: row[1] for row in cover}
    assert name == "导出说明"
    assert held.public_id in said["导出说明"]
    assert officer.name in said["导出人"]
    assert (said["用途"], said["接收单位"]) == ("上级检查和报表", "甘肃省残疾人联合会")
    assert said["完整给出的个人信息"] == "没有"


def test_each_export_is_recorded_with_the_digest_of_its_file():
    a_person(1)
    held = an_export("people")
    record = Export.objects.get()
    assert (record.public_id, record.rows, record.about) == (held.public_id, 1, "people")
    data = export_files.hand_out(by=SYSTEM, held=held)
    assert record.sha256 == sha256(data).hexdigest()
    assert AuditEvent.objects.filter(verb__in=["data.exported", "data.handed_out"]).count() == 2


def test_no_cell_is_a_formula():
    person = a_person(1)
    Person.objects.filter(pk=person.pk).update(education="=1+1", ethnicity="@x")
    header, row = rows_of(an_export("people"), "人员台账")
    assert dict(zip(header, row, strict=True))["文化程度"] == "=1+1"


def test_a_roster_has_its_outcomes():
    cohort = a_completed_cohort(a_base("620502"), people=3)
    held = an_export("cohort_roster", cohort=cohort, in_clear=["name"])
    header, *rows = rows_of(held, "花名册")
    first = dict(zip(header, rows[0], strict=True))
    assert len(rows) == 3
    assert (first["出勤课时"], first["计划课时"], first["成绩"], first["结果"]) == (
        "20",
        "20",
        "85.0",
        "结业",
    )
    assert held.region == cohort.region
    assert held.export.subject_id == cohort.public_id


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_its_words_are_chinese_in_whatever_language_it_is_asked(language):
    cohort = a_completed_cohort(a_base("620502"))
    with override(language):
        held = an_export("cohort_roster", cohort=cohort)
    assert "结业" in rows_of(held, "花名册")[1]


def test_the_national_system_gets_its_columns_and_codes():
    base = a_base("620502")
    a_completed_cohort(base, people=2)
    person = Person.objects.order_by("pk").first()
    standing.record_employment(by=SYSTEM, on=TODAY, person=person, status="employed", since=date(2024, 5, 6))
    held = an_export(
        "national_system", year=2024, in_clear=["name", "citizen_id", "disability_number", "phone"]
    )
    sheets = sheets_of(bytes(held.data))
    assert list(sheets)[1:] == ["人员基本信息", "就业情况", "培训情况"]
    assert sheets["人员基本信息"][0] == ["姓名", "身份证号", "残疾人证号", "联系方式", "备注"]
    assert sheets["人员基本信息"][1][1] == person.citizen_id
    work = dict(zip(*sheets["就业情况"][:2], strict=True))
    assert (work["就业状况"], work["就业时间"], work["就业类型"]) == ("已就业", "2024-05-06", "")
    training = dict(zip(*sheets["培训情况"][:2], strict=True))
    assert (training["培训年度"], training["培训周期"]) == ("2024", "短期")
    assert (training["培训项目所属行业"], training["培训主体"]) == ("", "社会民办培训机构")


def test_what_the_register_lacks_is_empty_and_counted():
    a_completed_cohort(a_base("620502"), people=2)
    held = an_export("national_system", year=2024)
    filled = {sheet["sheet"]: dict(sheet["filled"]) for sheet in held.completeness}
    assert filled["人员基本信息"] == {"姓名": 2, "身份证号": 2, "残疾人证号": 2, "联系方式": 2, "备注": 0}
    assert filled["培训情况"]["培训项目所属行业"] == 0
    assert [sheet["rows"] for sheet in held.completeness] == [2, 2, 2]


def test_every_column_and_code_names_the_document_it_rests_on():
    seed = national.seed()
    named = [one["document"] for sheet in seed["sheets"] for one in sheet["fields"]]
    named += [code["document"] for code in seed["codes"].values()]
    assert set(named) <= set(seed["documents"])


@pytest.mark.parametrize("on", [date(2024, 6, 3), date(2024, 2, 29), date(2025, 3, 1)])
def test_working_age_is_what_the_rules_count(on):
    births = [date(1964, 2, 28), date(1964, 3, 1), date(1964, 6, 3), date(1964, 6, 4), date(1969, 6, 3)]
    births += [date(1969, 6, 4), date(1965, 3, 1), date(1965, 3, 2), date(2008, 6, 3), date(2008, 6, 4)]
    for n, birth in enumerate(births):
        for sex in (0, 1):
            a_person(citizen_id=a_citizen_id(2 * n + sex, birth=birth), category="")
    found = set(Person.objects.filter(national.of_working_age(on)).values_list("pk", flat=True))
    expected = {
        person.pk for person in Person.objects.all() if in_working_age(Sex(person.sex), person.birth_date, on)
    }
    assert found == expected


def test_only_the_people_of_the_region_are_in_it():
    a_person(1), a_person(2, region="360102")
    assert an_export("people").completeness[0]["rows"] == 1


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"purpose": ""}, {"purpose": "field_missing"}),
        ({"recipient": " "}, {"recipient": "field_missing"}),
        ({"in_clear": ["salary"]}, {"in_clear": "field_choice"}),
        ({"ledger": "national_system"}, {"year": "export_year"}),
        ({"ledger": "national_system", "year": 24}, {"year": "export_year"}),
    ],
)
def test_without_a_reason_nothing_is_made(values, problem):
    a_person(1)
    with pytest.raises(InvalidInput) as refused:
        an_export(**values)
    assert refused.value.facts["fields"] == problem
    assert not ExportFile.objects.exists()


def test_nobody_exports_above_or_beside_the_own_regions():
    a_person(1)
    county = an_actor("federation_officer", a_federation("620502"))
    for code in ("620500", "620503", "360102"):
        with pytest.raises(NotPermitted):
            an_export(by=county, region=a_region(code))
    assert an_export(by=county, region=a_region("620502")).made_at


@pytest.mark.parametrize("role", ["approver", "auditor", "counsellor", "read_only"])
def test_nobody_else_exports_or_fetches(role):
    a_person(1)
    other = an_actor(role, a_federation("620500"))
    with pytest.raises(NotPermitted):
        an_export(by=other)
    with pytest.raises(NotPermitted):
        export_files.hand_out(by=other, held=an_export())


def test_an_unknown_ledger_and_an_empty_region_make_no_file():
    with pytest.raises(NotFound):
        an_export("secrets")
    with pytest.raises(NotFound):
        an_export("cohort_roster")
    with pytest.raises(NothingToExport):
        an_export("people")


def test_the_employment_ledger_holds_the_jobs_that_began_in_the_year():
    person = a_person(1)
    a_spell(person, form="flexible", started_on=date(2024, 3, 1))
    a_spell(a_person(2), form="flexible", started_on=date(2023, 3, 1))
    header, *rows = rows_of(an_export("employment", year=2024, in_clear=["name"]), "就业台账")
    cells = dict(zip(header, rows[0], strict=True))
    assert len(rows) == 1
    assert (cells["姓名"], cells["就业形式"], cells["就业日期"]) == (person.name, "灵活就业", "2024-03-01")


def queries_of(ledger, **values):
    held = an_export(ledger, made=False, **values)
    with CaptureQueriesContext(connection) as queries:
        export_files.make(held.pk)
    return len(queries)


@pytest.mark.parametrize("ledger", ["people", "national_system", "cohort_roster"])
def test_a_page_takes_as_many_queries_for_many_people_as_for_few(ledger):
    base = a_base("620502")
    values = {"year": 2024}
    few, many = (a_completed_cohort(base, people=n) for n in (2, 9))
    if ledger == "cohort_roster":
        assert queries_of(ledger, cohort=few) == queries_of(ledger, cohort=many)
        return
    before = queries_of(ledger, **values)
    a_completed_cohort(base, people=9)
    assert queries_of(ledger, **values) == before
