"""A partner's file against ours: every row becomes something, and somebody settles what differs."""

from datetime import timedelta

import pytest
from django.db import connection

from courses.actions import comparisons
from courses.errors import ComparisonForgotten, ComparisonOver, OnlyVerified
from courses.models import Comparison, ComparisonRow, Discrepancy, PartnerLayout
from courses.workbooks.errors import WorkbookError
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent, EmploymentStatus
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.comparison_factories import a_comparison, a_file, four_rows
from tests.courses.exchange_factories import an_export, sheets_of
from tests.registry.factories import a_disability_number, a_federation, a_name, a_person, an_actor

pytestmark = pytest.mark.django_db


def settle(held, resolution, *rows, by=SYSTEM):
    rows = rows or tuple(Discrepancy.objects.all())
    return comparisons.settle(by=by, on=TODAY, comparison=held, choices={row.pk: resolution for row in rows})


def test_every_row_becomes_a_match_a_conflict_unknown_or_unreadable():
    held = a_comparison()
    rows = list(ComparisonRow.objects.values_list("number", "state"))
    assert rows == [(2, "match"), (3, "conflict"), (4, "unknown"), (5, "unreadable")]
    assert held.counts == {"match": 1, "conflict": 1, "unknown": 1, "unreadable": 1, "skipped": 0}
    assert ComparisonRow.objects.get(number=5).problems == [["citizen_id", "citizen_id_characters"]]


def test_a_conflict_says_field_by_field_what_differs():
    a_comparison()
    found = {row.field: (row.ours, row.theirs) for row in Discrepancy.objects.all()}
    assert found == {"employment": ("unemployed", "employed"), "phone": ("13800000002", "13900000000")}


def test_a_query_only_asks_who_is_known():
    assert a_comparison(mode="query").counts == {
        "match": 2,
        "conflict": 0,
        "unknown": 1,
        "unreadable": 1,
        "skipped": 0,
    }
    assert not Discrepancy.objects.exists()


def test_to_verify_our_value_is_confirmed_by_the_same_value_only():
    person = a_person(1)
    held = a_comparison(a_file([[person.citizen_id, person.name, "", ""]]), mode="verify")
    assert held.counts["conflict"] == 1
    assert list(Discrepancy.objects.values_list("field", flat=True)) == ["phone"]
    with pytest.raises(OnlyVerified):
        settle(held, "taken")


def test_what_the_partner_leaves_empty_is_no_difference():
    person = a_person(1)
    assert a_comparison(a_file([[person.citizen_id, person.name, "", ""]])).counts["match"] == 1


def test_people_of_other_regions_are_unknown_here():
    person = a_person(1, region="360102")
    assert a_comparison(a_file([[person.citizen_id, person.name, "", ""]])).counts["unknown"] == 1


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["6.20502E+17", "甲", "", ""], ["citizen_id", "comparison_lost_digits"]),
        (["", "甲", "", ""], ["citizen_id", "citizen_id_missing"]),
        (["known", "known", "不详", ""], ["employment", "field_choice"]),
        (["known", "known", "", "1" * 400], ["phone", "field_too_long"]),
    ],
)
def test_what_cannot_be_read_is_said_with_its_row_and_field(cells, problem):
    person = a_person(1)
    known = [person.citizen_id, person.name]
    a_comparison(a_file([[known[i] if cell == "known" else cell for i, cell in enumerate(cells)]]))
    row = ComparisonRow.objects.get()
    assert (row.number, row.state, row.problems) == (2, "unreadable", [problem])


def test_somebody_twice_in_a_file_is_compared_once_and_said():
    person = a_person(1)
    line = [person.citizen_id, person.name, "", ""]
    assert a_comparison(a_file([line, line])).counts["unreadable"] == 1
    assert ComparisonRow.objects.get(number=3).problems == [["citizen_id", "comparison_repeated"]]


def test_the_columns_of_a_partner_are_remembered():
    headers = ["证照", "姓名", "手机甲"]
    person = a_person(1)
    rows = [[person.citizen_id, person.name, "13900000000"]]
    data = a_file(rows, headers)
    a_comparison(data, citizen_id="证照", phone="手机甲")
    again = a_comparison(data, run=False)
    assert again.columns == {"citizen_id": "证照", "name": "姓名", "phone": "手机甲"}
    assert a_comparison(data, partner="民政局", run=False).columns == {"name": "姓名"}
    assert PartnerLayout.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"name": "姓名"}, {"citizen_id": "field_missing"}),
        ({"citizen_id": "公民身份号码", "name": "没有这栏"}, {"name": "field_choice"}),
        ({"citizen_id": "公民身份号码", "salary": "姓名"}, {"salary": "field_choice"}),
        ({"citizen_id": "姓名", "name": "姓名"}, {"name": "comparison_column_twice"}),
    ],
)
def test_columns_that_cannot_be_are_refused(columns, problem):
    held = a_comparison(run=False)
    with pytest.raises(InvalidInput) as refused:
        comparisons.map_columns(by=SYSTEM, on=TODAY, comparison=held, columns=columns)
    assert refused.value.facts["fields"] == problem


def test_a_file_is_compared_once():
    held = a_comparison()
    comparisons.run(held.pk, on=TODAY)
    assert ComparisonRow.objects.count() == 4
    with pytest.raises(ComparisonOver):
        comparisons.map_columns(by=SYSTEM, on=TODAY, comparison=held, columns=held.columns)


def test_a_file_that_is_no_workbook_is_refused():
    with pytest.raises(WorkbookError):
        a_comparison(b"no workbook")
    assert not Comparison.objects.exists()


def test_theirs_is_taken_by_the_actions_that_change_it():
    people, data = four_rows()
    held = a_comparison(data)
    assert settle(held, "taken") == 2
    person = people[1]
    person.refresh_from_db()
    assert person.phone == "13900000000"
    latest = EmploymentStatus.objects.filter(person=person).first()
    assert (latest.status, latest.since) == ("employed", TODAY)
    verbs = set(AuditEvent.objects.filter(subject_id=person.public_id).values_list("verb", flat=True))
    assert {"person.phone_changed", "person.employment_recorded"} <= verbs
    assert settle(held, "kept") == 0


def test_a_name_and_a_card_are_taken_too():
    person = a_person(1, category="")
    card = a_disability_number(person.citizen_id)
    headers = ["身份证号", "姓名", "残疾人证号"]
    held = a_comparison(a_file([[person.citizen_id, a_name(5), card]], headers))
    settle(held, "taken")
    person.refresh_from_db()
    assert person.name == a_name(5)
    assert person.disability_certificates.get().number == card


def test_whoever_settled_is_kept_and_what_is_asked_can_still_be_settled():
    held = a_comparison()
    officer = an_actor("federation_officer", a_federation("620500"))
    assert settle(held, "asked", by=officer) == 2
    assert settle(held, "kept", by=officer) == 2
    assert set(Discrepancy.objects.values_list("resolution", "resolved_by", "resolved_on")) == {
        ("kept", officer.name, TODAY)
    }
    assert AuditEvent.objects.filter(verb="comparison.settled").count() == 4


def test_all_are_settled_or_none():
    held = a_comparison()
    other = a_comparison(partner="民政局", data=a_file([[a_person(8).citizen_id, "", "", "13700000000"]]))
    stranger = Discrepancy.objects.get(row__comparison=other)
    with pytest.raises(NotFound):
        settle(held, "kept", *Discrepancy.objects.filter(row__comparison=held), stranger)
    with pytest.raises(InvalidInput):
        settle(held, "forgiven", *Discrepancy.objects.filter(row__comparison=held))
    assert set(Discrepancy.objects.values_list("resolution", flat=True)) == {"open"}


@pytest.mark.parametrize("role", ["approver", "auditor", "counsellor", "read_only"])
def test_nobody_else_compares_or_settles(role):
    held = a_comparison()
    other = an_actor(role, a_federation("620500"))
    with pytest.raises(NotPermitted):
        a_comparison(b"", by=other)
    with pytest.raises(NotPermitted):
        settle(held, "kept", by=other)


def test_nobody_compares_above_the_own_region():
    county = an_actor("federation_officer", a_federation("620502"))
    with pytest.raises(NotPermitted):
        a_comparison(by=county)


def test_what_the_partner_told_is_sealed_and_forgotten_in_time():
    people, data = four_rows()
    held = a_comparison(data)
    settle(held, "kept", Discrepancy.objects.first())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells FROM courses_comparisonrow")
        assert not any(people[1].citizen_id.encode() in bytes(cells) for (cells,) in cursor.fetchall())
        cursor.execute("SELECT data FROM courses_comparison")
        assert not bytes(cursor.fetchone()[0]).startswith(b"PK")
    assert comparisons.forget(on=held.expires_on - timedelta(days=1)) == 0
    assert comparisons.forget(on=held.expires_on) == 1
    held.refresh_from_db()
    assert (held.data, held.file_name, held.state) == (b"", "", "forgotten")
    assert not any(row.cells for row in ComparisonRow.objects.all())
    assert not any(row.ours or row.theirs for row in Discrepancy.objects.all())
    assert Discrepancy.objects.exclude(resolved_by="").count() == 1
    with pytest.raises(ComparisonForgotten):
        settle(held, "kept")


def test_the_results_are_exported_like_everything_else():
    held = a_comparison()
    settle(held, "kept")
    made = an_export("comparison", comparison=held, purpose="comparison", in_clear=["name"])
    header, *rows = sheets_of(bytes(made.data))["比对结果"]
    by_number = {row[1]: dict(zip(header, row, strict=True)) for row in rows}
    assert [row["结果"] for row in by_number.values()] == ["一致", "不一致", "我们没有登记", "读不懂"]
    assert "就业状况：保留我们的" in by_number["3"]["处理"]
    assert "身份证号" in by_number["5"]["读不懂的栏目"]
    assert all("*" in row["身份证号"] for row in by_number.values())


def test_a_page_of_rows_takes_as_many_queries_for_many_as_for_one(django_assert_max_num_queries):
    rows = [
        [person.citizen_id, person.name, "已就业", "13900000000"] for person in map(a_person, range(1, 41))
    ]
    held = a_comparison(a_file(rows), run=False)
    comparisons.map_columns(by=SYSTEM, on=TODAY, comparison=held, columns=held.columns)
    with django_assert_max_num_queries(12):
        comparisons.run(held.pk, on=TODAY)
    assert Discrepancy.objects.count() == 80
