"""Correcting what a certificate prints: the new one, the old code, the figure; one and a cohort."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from certificates import errors
from certificates.actions import certificates, corrections, effects
from certificates.models import Certificate, Change
from certificates.proof.verify import verify
from certificates.queries import corrections as queries
from certificates.queries.keys import trust_bundle
from certificates.queries.public import find_by_code
from certificates.queries.skills import skill_counts, skills_held
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent, Person
from registry.rules.access import SYSTEM, Actor
from tests.certificates.change_factories import MINUTE, verbs
from tests.certificates.factories import (
    AT,
    ISSUED_ON,
    a_policy,
    an_approver,
    an_issued_certificate,
    issued_cohort,
)
from tests.courses.factories import a_cohort
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=40)


def correct(certificate: Certificate, by: Actor = SYSTEM, **values: Any) -> Change:
    more = {name: values.pop(name) for name in ("note", "rename", "at") if name in values}
    return corrections.correct(**{"by": by, "at": AT, "certificate": certificate, "typed": values} | more)


def newest(certificate: Certificate) -> Certificate:
    return Certificate.objects.get(replaces=certificate)


def test_a_new_certificate_takes_the_place_of_the_old_one() -> None:
    old = an_issued_certificate(a_person(1, name="李小名"))
    correct(old, holder_name="李晓明", at=LATER, note="身份证上是晓")
    old.refresh_from_db()
    new = newest(old)

    assert (old.status, old.reason_class) == ("replaced", "corrected")
    assert (new.status, new.holder_name, new.reason_class) == ("issued", "李晓明", "")
    assert {old.code, old.number, old.status_index, old.fragment}.isdisjoint(
        {new.code, new.number, new.status_index, new.fragment}
    )
    on = ISSUED_ON + timedelta(days=40)
    assert (new.issued_on, new.first_issued_on) == (on, ISSUED_ON)
    assert verify(new.code, new.fragment, trust_bundle(on)).claims.name == "李晓明"
    assert (verbs(old), verbs(new)) == (["issued", "replaced"], ["issued"])
    assert old.events.last().note == "身份证上是晓"


def test_what_was_not_corrected_stays_as_it_was_printed() -> None:
    old = an_issued_certificate()
    old.base.public_name = "改了名的基地"
    old.base.save()
    correct(old, hours="50")
    new = newest(old)

    same = ("title", "holder_name", "course_name", "skill_id", "level", "starts_on", "ends_on", "base_name")
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]
    assert new.hours == 50


def test_the_two_skills_figure_is_as_before_on_every_day() -> None:
    old = an_issued_certificate()
    before = [skill_counts([old.person_id], day) for day in (ISSUED_ON - timedelta(days=1), ISSUED_ON)]
    correct(old, hours="50", at=LATER)
    after = [skill_counts([old.person_id], day) for day in (ISSUED_ON - timedelta(days=1), ISSUED_ON)]

    assert before == after == [{old.person_id: 0}, {old.person_id: 1}]
    assert [held.certificates for held in skills_held(old.person, ISSUED_ON)] == [(newest(old),)]


def test_however_often_it_is_corrected_every_code_leads_to_the_last() -> None:
    first = last = an_issued_certificate()
    chain = [first]
    for hours in range(31, 36):
        correct(last, hours=str(hours))
        last = newest(last)
        chain.append(last)

    for one in chain[:-1]:
        record = find_by_code(one.code)
        assert record is not None
        assert (record.status, record.new_code) == ("replaced", last.code)
    assert last.hours == 35
    assert {one.first_issued_on for one in chain[1:]} == {ISSUED_ON}
    assert Certificate.objects.in_force().count() == 1


def test_a_base_corrects_its_own_and_it_waits_ten_minutes() -> None:
    old = an_issued_certificate()
    change = correct(old, by=an_actor("base_manager", old.base), hours="50")

    assert (change.state, change.takes_effect_at) == ("due", AT + 10 * MINUTE)
    record = find_by_code(old.code)
    assert record is not None
    assert (record.status, record.new_code) == ("issued", "")
    effects.apply_due(at=AT + 10 * MINUTE)
    assert newest(old).hours == 50


def test_a_base_needs_the_federation_where_it_asks_for_two_people() -> None:
    a_policy(two_people_replace=True)
    old = an_issued_certificate()

    assert correct(old, by=an_actor("base_manager", old.base), hours="50").state == "asked"


def test_a_federation_s_approver_may_correct_too() -> None:
    assert correct(an_issued_certificate(), by=an_approver(), hours="50").state == "due"


def test_nobody_else_may() -> None:
    old = an_issued_certificate()
    others = [
        *(
            an_actor(role, a_federation("620500"))
            for role in ("federation_officer", "counsellor", "read_only")
        ),
        an_actor("trainer", old.base),
        an_actor("base_manager", a_base("620503")),
        an_approver("360100"),
    ]
    for by in others:
        with pytest.raises(NotPermitted):
            correct(old, by=by, hours="50")
    assert not Change.objects.exists()


def test_the_registered_name_is_put_right_with_it() -> None:
    old = an_issued_certificate(a_person(1, name="李小名"))
    correct(old, by=an_actor("base_manager", old.base), holder_name="李晓明", rename=True)

    assert Person.objects.get(pk=old.person_id).name == "李晓明"
    event = AuditEvent.objects.get(verb="person.renamed")
    assert "李" not in str(event.facts)


def test_an_approver_does_not_edit_people() -> None:
    old = an_issued_certificate(a_person(1, name="李小名"))
    with pytest.raises(NotPermitted):
        correct(old, by=an_approver(), holder_name="李晓明", rename=True)
    assert not Change.objects.exists()
    assert Person.objects.get(pk=old.person_id).name == "李小名"


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("holder_name", "李1明", "name_characters"),
        ("holder_name", "古" * 43, "correction_name_long"),
        ("holder_name", "王\U000f0000", "missing_glyph"),
        ("course_name", "盲人按摩", "correction_course_discloses"),
        ("course_name", "课" * 81, "correction_course_long"),
        ("hours", "0", "correction_hours"),
        ("hours", "4.5", "correction_hours"),
        ("hours", "10000", "correction_hours"),
        ("starts_on", "2024-13-01", "correction_day"),
        ("ends_on", "2024-01-01", "correction_days_reversed"),
        ("ends_on", "2099-01-01", "date_in_future"),
    ],
)
def test_what_cannot_stand_is_refused_by_field(field: str, typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        correct(an_issued_certificate(), **{field: typed})

    assert refused.value.facts["fields"] == {field: code}
    assert Certificate.objects.count() == 1


def test_the_same_again_corrects_nothing() -> None:
    old = an_issued_certificate()
    with pytest.raises(errors.NothingCorrected):
        correct(old, holder_name=f" {old.holder_name} ", hours=str(old.hours), starts_on="")


def test_only_a_certificate_in_force_is_corrected() -> None:
    old = an_issued_certificate()
    certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=old, reason_class="under_review")
    old.refresh_from_db()

    with pytest.raises(errors.WrongStatus):
        correct(old, hours="50")


def test_a_base_whose_plaque_is_gone_still_gets_a_wrong_name_right() -> None:
    old = an_issued_certificate()
    old.base.accreditations.all().delete()
    correct(old, hours="50")

    assert newest(old).hours == 50


def test_the_audit_trail_tells_fields_and_numbers_never_values() -> None:
    old = an_issued_certificate()
    correct(old, holder_name="慕容更正", hours="50", note="内部的话")

    facts = AuditEvent.objects.get(verb="certificate.replaced").facts
    assert facts["fields"] == ["holder_name", "hours"]
    issued = AuditEvent.objects.get(verb="certificate.issued", subject_id=newest(old).public_id)
    assert issued.facts["replaces"] == old.number
    assert not [
        one for one in AuditEvent.objects.all() if "慕容" in str(one.facts) or "内部" in str(one.facts)
    ]


class TestACohortFromASheet:
    def test_the_sheet_comes_back_as_it_went_out_and_changes_nothing(self) -> None:
        cohort, held = issued_cohort(3)
        sheet = queries.read_sheet(cohort, data=queries.sheet(cohort), file_name="更正.xlsx")
        rows = queries.rows(cohort, sheet.typed, on=ISSUED_ON)

        assert sheet.odd == []
        assert [row.certificate for row in rows] == held
        assert not [row for row in rows if row.is_ready or row.is_refused]

    def test_good_rows_are_replaced_and_bad_ones_wait_for_their_clerk(self) -> None:
        cohort, held = issued_cohort(3)
        typed = {
            held[0].public_id: {"hours": "50"},
            held[1].public_id: {"hours": "五十"},
            held[2].public_id: {},
        }
        rows = queries.rows(cohort, typed, on=ISSUED_ON)
        assert [(row.is_ready, row.is_refused) for row in rows] == [
            (True, False),
            (False, True),
            (False, False),
        ]

        change = corrections.correct_many(by=SYSTEM, at=AT, cohort=cohort, rows=rows)
        effects.go_on(change, at=AT)

        assert newest(held[0]).hours == 50
        assert Certificate.objects.count() == 4

    def test_an_unknown_or_repeated_number_is_told_with_its_row(self) -> None:
        cohort, held = issued_cohort(1)
        other = an_issued_certificate()
        data = queries.write_table(
            [queries.NUMBER.label, "姓名"],
            [[held[0].number, "甲某"], [held[0].number, "乙某"], [other.number, "丙某"]],
        )
        sheet = queries.read_sheet(cohort, data=data, file_name="a.xlsx")

        assert sheet.typed == {held[0].public_id: {"holder_name": "甲某"}}
        assert [(odd.code, odd.row) for odd in sheet.odd] == [
            ("correction_row_repeated", 3),
            ("correction_row_unknown", 4),
        ]

    def test_days_are_read_as_people_and_spreadsheets_write_them(self) -> None:
        cohort, held = issued_cohort(1)
        start = held[0].starts_on - timedelta(days=1)
        for text in (
            f"{start}",
            f"{start} 00:00:00",
            f"{start.year}年{start.month}月{start.day}日",
            f"{start.year}/{start.month}/{start.day}",
        ):
            [row] = queries.rows(cohort, {held[0].public_id: {"starts_on": text}}, on=ISSUED_ON)
            assert row.reading.changed == {"starts_on": start}

    def test_one_that_is_suspended_or_waits_is_refused_and_told_why(self) -> None:
        cohort, held = issued_cohort(2)
        certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=held[0], reason_class="under_review")
        correct(held[1], by=an_approver(), hours="40")
        rows = queries.rows(cohort, {one.public_id: {"hours": "50"} for one in held}, on=ISSUED_ON)

        assert [row.refusal.code for row in rows if row.refusal] == ["certificate_status", "change_waiting"]
        assert all(row.is_refused and not row.is_ready for row in rows)

    def test_costs_the_same_for_few_and_for_many(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for people in (2, 12):
            cohort, held = issued_cohort(people)
            typed = {one.public_id: {"hours": "50"} for one in held}
            with django_assert_num_queries(2):
                rows = queries.rows(cohort, typed, on=ISSUED_ON)
            with django_assert_num_queries(6):
                change = corrections.correct_many(by=SYSTEM, at=AT, cohort=cohort, rows=rows)
            with django_assert_num_queries(28):
                effects.go_on(change, at=AT, steps=1)

    def test_another_cohort_s_certificates_are_not_there(self) -> None:
        _cohort, held = issued_cohort(1)
        assert queries.rows(a_cohort(), {held[0].public_id: {"hours": "50"}}, on=date(2030, 1, 1)) == []
