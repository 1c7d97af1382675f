"""What notices say of a subject, who reads them, and the lists with their counts."""

from datetime import date

import pytest

from registry.actions import notices
from registry.models import Objection, PublicNotice, TrainingBase
from registry.queries import notices as queries
from registry.rules.access import SYSTEM
from registry.rules.notices import Stand
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_region, an_actor
from tests.registry.notice_factories import AFTER, a_notice, an_answer, an_item, an_objection

pytestmark = pytest.mark.django_db
LATER = date(2024, 7, 31)


def stand(subject, on):
    return queries.standing(subject, on).stand


def test_a_subject_runs_and_then_has_passed():
    base = a_base()
    assert stand(base, TODAY) == Stand.NONE
    notice = a_notice(items=[an_item(base)])
    held = queries.standing(base, TODAY)
    assert (held.stand, held.until, held.notice) == (Stand.RUNNING, notice.ends_on, notice.public_id)
    assert stand(base, AFTER) == Stand.PASSED
    assert stand(a_base(), AFTER) == Stand.NONE


def test_an_objection_holds_its_item_back_until_it_is_found_wrong():
    base, other = a_base(), a_base()
    notice = a_notice(items=[an_item(base), an_item(other)])
    objection = an_objection(notice)
    assert (stand(base, TODAY), stand(base, AFTER)) == (Stand.OBJECTED, Stand.OBJECTED)
    assert (stand(other, TODAY), stand(other, AFTER)) == (Stand.RUNNING, Stand.PASSED)
    an_answer(objection)
    assert (stand(base, TODAY), stand(base, AFTER)) == (Stand.RUNNING, Stand.PASSED)


def test_an_upheld_objection_holds_back_until_a_new_notice_passes():
    base = a_base()
    an_answer(an_objection(a_notice(items=[an_item(base)])), is_upheld=True)
    assert stand(base, AFTER) == Stand.OBJECTED
    a_notice(items=[an_item(base)], on=AFTER)
    assert (stand(base, AFTER), stand(base, LATER)) == (Stand.RUNNING, Stand.PASSED)


def test_an_objection_to_the_whole_notice_holds_every_item_back():
    base = a_base()
    an_objection(a_notice(items=[an_item(), an_item(base)]), item=None)
    assert stand(base, AFTER) == Stand.OBJECTED


def test_an_open_objection_survives_taking_the_notice_down():
    base = a_base()
    notice = a_notice(items=[an_item(base)])
    objection = an_objection(notice)
    notices.withdraw(by=SYSTEM, on=TODAY, notice=notice, reason="名单有误")
    again = a_notice(items=[an_item(base)])
    assert again.is_shown(TODAY)
    assert stand(base, AFTER) == Stand.OBJECTED
    an_answer(objection)
    assert stand(base, AFTER) == Stand.PASSED


def test_a_notice_that_was_taken_down_counts_for_nothing():
    base = a_base()
    notices.withdraw(by=SYSTEM, on=TODAY, notice=a_notice(items=[an_item(base)]), reason="名单有误")
    assert stand(base, AFTER) == Stand.NONE


def test_many_subjects_are_one_query(django_assert_num_queries):
    bases = [a_base() for _number in range(5)]
    a_notice(items=[an_item(base) for base in bases[:4]])
    with django_assert_num_queries(1):
        found = queries.standings(TrainingBase, [base.pk for base in bases], AFTER)
    assert [found[base.pk].stand for base in bases] == [Stand.PASSED] * 4 + [Stand.NONE]


def test_the_public_reads_what_runs_today_the_first_to_end_first():
    late, early = a_notice(ends_on=date(2024, 7, 1)), a_notice(kind="project")
    notices.withdraw(by=SYSTEM, on=TODAY, notice=a_notice(), reason="名单有误")
    assert list(queries.shown(on=TODAY)) == [early, late]
    assert list(queries.shown(on=AFTER)) == [late]
    assert list(queries.shown(on=TODAY, kind="project")) == [early]
    assert list(queries.shown(on=TODAY, region=a_region("620502"))) == []
    assert queries.shown(on=TODAY).count() == 2


def test_the_inside_list_has_counts_in_one_query(django_assert_num_queries):
    notice = a_notice(items=[an_item(), an_item()])
    an_objection(notice)
    an_answer(an_objection(notice))
    a_notice()
    with django_assert_num_queries(1):
        rows = list(queries.listed(PublicNotice.objects.visible_to(SYSTEM), on=TODAY))
        counts = [
            (row.federation.region.code, row.items_count, row.objections_count, row.open_count)
            for row in rows
        ]
    assert counts == [("620500", 1, 0, 0), ("620500", 2, 2, 1)]


def test_a_notice_waits_to_be_gone_on_with_once_nothing_is_open():
    notice = a_notice()
    objection = an_objection(notice)

    def waiting(on):
        return list(queries.listed(PublicNotice.objects.all(), on=on, state=queries.TO_CONCLUDE))

    assert (waiting(TODAY), waiting(AFTER)) == ([], [])
    an_answer(objection)
    assert (waiting(TODAY), waiting(AFTER)) == ([], [notice])
    notices.conclude(by=SYSTEM, on=AFTER, notice=notice)
    assert waiting(AFTER) == []


def test_inside_only_federations_of_the_region_and_above_read_it():
    notice = a_notice(a_federation("620500"))
    objection = an_objection(notice)
    for place, sees in [("620500", True), ("620000", True), ("620502", False), ("620100", False)]:
        actor = an_actor("federation_officer", a_federation(place))
        assert PublicNotice.objects.visible_to(actor).filter(pk=notice.pk).exists() == sees
        assert Objection.objects.visible_to(actor).filter(pk=objection.pk).exists() == sees
    clerk = an_actor("base_manager", a_base("620500"))
    assert not PublicNotice.objects.visible_to(clerk).exists()


def test_who_published_finds_the_objection_in_nobody_elses_list_but_theirs():
    federation = a_federation("620500")
    publisher, colleague = (an_actor("federation_officer", federation) for _number in range(2))
    objection = an_objection(a_notice(federation, by=publisher))
    assert list(queries.answerable(Objection.objects.all(), publisher)) == []
    assert list(queries.answerable(Objection.objects.all(), colleague)) == [objection]
    auditor = an_actor("auditor", federation)
    assert list(queries.answerable(Objection.objects.all(), auditor)) == []


def test_the_nearest_federation_publishes_unless_its_officer_is_another():
    county, city = a_federation("620502"), a_federation("620500")
    region = county.region
    assert queries.publishers(an_actor("federation_officer", county), region) == [county]
    assert queries.publishers(an_actor("federation_officer", city), region) == [county, city]
    assert queries.publishers(an_actor("approver", city), region) == []


def test_an_old_name_that_discloses_is_left_out():
    federation = a_federation("620500")
    assert queries.public_name(federation) == "天水市职业培训证书管理机构"
    federation.public_name = "天水市残疾人联合会"
    assert queries.public_name(federation) == "天水市"
