"""From rows that would be printed to certificates in force: the path that issues and replaces."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from certificates import errors
from certificates.actions import drafts, history
from certificates.faces.errors import MissingGlyph
from certificates.models import Certificate, NumberSeries
from certificates.proof import codes
from certificates.proof.verify import verify
from certificates.queries.cohorts import printed
from certificates.queries.keys import trust_bundle
from certificates.rules import status_indexes
from courses.models import Cohort
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify, an_issued_certificate
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


def the_desk(cohort: Cohort) -> drafts.Desk:
    return drafts.open_desk(
        base=cohort.base, on=ISSUED_ON, key=printed(cohort, title="培训合格证书", on=ISSUED_ON).key
    )


def some_drafts(cohort: Cohort, **values: Any) -> list[Certificate]:
    words = printed(cohort, title="培训合格证书", on=ISSUED_ON)
    return [
        drafts.blank(words, cohort=cohort, enrolment=one, **{"name": one.person.name} | values)
        for one in cohort.enrolments.select_related("person").order_by("pk")
    ]


def put_in_force(cohort: Cohort, rows: list[Certificate]) -> list[Certificate]:
    with transaction.atomic():
        return drafts.put_in_force(the_desk(cohort), rows)


def test_a_list_is_numbered_in_its_order_and_signed_as_stored() -> None:
    cohort = a_cohort_to_certify(3)

    made = put_in_force(cohort, some_drafts(cohort))

    bundle = trust_bundle(ISSUED_ON)
    held = list(Certificate.objects.order_by("number"))
    assert [one.enrolment_id for one in held] == [one.enrolment_id for one in made]
    assert [one.fragment for one in held] == [one.fragment for one in made]
    for one in held:
        assert one.status == "issued"
        assert verify(one.code, one.fragment, bundle).claims.name == one.holder_name


def test_places_in_the_status_list_do_not_follow_the_order_of_the_people() -> None:
    cohort = a_cohort_to_certify([a_person(n) for n in range(12)])

    places = [one.status_index for one in put_in_force(cohort, some_drafts(cohort))]

    assert places != sorted(places)
    assert len(set(places)) == 12


def test_a_code_that_another_has_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = an_issued_certificate().code
    cohort = a_cohort_to_certify(3)
    real, first = codes.new_code, iter([taken, taken, taken])
    monkeypatch.setattr(codes, "new_code", lambda randbytes: next(first, None) or real(randbytes))

    made = put_in_force(cohort, some_drafts(cohort))

    assert len({one.code for one in made} | {taken}) == 4


def test_a_place_that_another_took_in_the_same_moment_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = an_issued_certificate().status_index
    cohort = a_cohort_to_certify(2)
    real, first = drafts._free_places, iter([[taken, taken + 1]])
    monkeypatch.setattr(drafts, "_free_places", lambda count: next(first, None) or real(count))

    assert taken not in {one.status_index for one in put_in_force(cohort, some_drafts(cohort))}


def test_a_place_that_someone_has_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = an_issued_certificate().status_index
    # A block of eight places, one of them taken: seven are left.
    monkeypatch.setattr(status_indexes, "block_for", lambda last: range(taken, taken + 8))

    assert set(drafts._free_places(7)) == set(range(taken + 1, taken + 8))


def test_drawing_ends_when_nothing_free_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = an_issued_certificate().code
    cohort = a_cohort_to_certify(1)
    monkeypatch.setattr(codes, "new_code", lambda randbytes: taken)

    with pytest.raises(IntegrityError):
        put_in_force(cohort, some_drafts(cohort))
    assert NumberSeries.objects.get(base=Certificate.objects.get().base).last == 1


def test_a_replacement_is_a_row_that_names_the_old_one() -> None:
    old = an_issued_certificate()
    cohort = Cohort.objects.select_related("base__region", "course__skill").get(pk=old.enrolment.cohort_id)
    [row] = some_drafts(cohort, name="王更正")
    row.replaces, row.course_name = old, "更正后的课程"
    drafts.check(row)

    with transaction.atomic():
        history.hold_people([old.person_id])
        Certificate.objects.filter(pk=old.pk).update(status="replaced")
        [new] = drafts.put_in_force(the_desk(cohort), [row])

    assert new.replaces == old
    assert verify(new.code, new.fragment, trust_bundle(ISSUED_ON)).claims.name == "王更正"
    assert Certificate.objects.get(pk=new.pk).course_name == "更正后的课程"
    assert str(new.number)[13:19] == "000002"


def test_a_second_current_certificate_of_an_enrolment_is_refused_by_the_database() -> None:
    old = an_issued_certificate()
    cohort = Cohort.objects.select_related("base__region", "course__skill").get(pk=old.enrolment.cohort_id)

    with pytest.raises(IntegrityError):
        put_in_force(cohort, some_drafts(cohort))
    assert Certificate.objects.get() == old


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("王\U000f0000", MissingGlyph), ("王\u200b", errors.RegistryError), ("王" * 43, errors.NotSignable)],
)
def test_a_name_that_cannot_be_printed_or_signed_is_found_before_anything_is_stored(
    name: str, refusal: type[Exception], django_assert_num_queries: Any
) -> None:
    cohort = a_cohort_to_certify(1)
    [row] = some_drafts(cohort, name=name)

    with django_assert_num_queries(0), pytest.raises(refusal):
        drafts.check(row)


def test_nothing_asked_for_takes_no_number() -> None:
    cohort = a_cohort_to_certify(1)

    assert put_in_force(cohort, []) == []
    assert not NumberSeries.objects.exists()


def test_history_tells_of_a_list_in_as_many_statements_as_of_one(django_assert_num_queries: Any) -> None:
    cohort = a_cohort_to_certify(6)
    made = put_in_force(cohort, some_drafts(cohort))

    for part in (made[:1], made[1:]):
        with django_assert_num_queries(5):
            history.tell(part, by=SYSTEM, on=ISSUED_ON, verb="issued", region_path=cohort.base.region.path)
    assert {row.events.get().verb for row in made} == {"issued"}
