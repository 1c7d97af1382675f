from typing import Any

import pytest

from registry.actions import application_reviews as reviews
from registry.actions import applications, notices, standards
from registry.actions.application_reviews import NoticeNotPassed
from registry.actions.applications import ApplicationInState
from registry.actions.base_events import OwnWork
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted
from registry.models import Accreditation, Application, AuditEvent, BaseEvent
from registry.models.applications import ApplicationState
from registry.queries import notices as notice_queries
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.base_factories import AFTER_NOTICE, FULL, GOOD, REASONS, an_application
from tests.registry.factories import a_base, a_federation, an_accreditation, an_actor

pytestmark = pytest.mark.django_db


def plaque(application: Application, **values: Any) -> Accreditation:
    asked = {"by": SYSTEM, "on": AFTER_NOTICE, "plaque_number": "620502-2024-001", "granted_on": AFTER_NOTICE}
    return reviews.accredit(application=application, **asked | values)


def test_from_a_wish_to_the_plaque_each_step_by_another_person() -> None:
    base, county = a_base("620502"), a_federation("620502")
    manager = an_actor("base_manager", base)
    officer, approver = an_actor("federation_officer", county), an_actor("approver", county)
    application = an_application(base=base, by=manager)
    assert (application.state, application.level) == ("draft", "county")
    applications.submit(by=manager, on=TODAY, application=application)
    checked = reviews.check(by=officer, on=TODAY, application=application, points=GOOD, opinion="同意")
    assert (checked.state, checked.score, len(checked.criteria)) == ("checked", 80, 5)
    reviews.accept(by=approver, on=TODAY, application=application)
    notice = reviews.publish(by=officer, on=TODAY, applications=[checked])
    [item] = notice.items.all()
    assert (item.name, item.text) == (base.public_name, "培训基地，县级")
    held = plaque(application, by=approver, document="秦残联发〔2024〕8号")
    application.refresh_from_db()
    assert (application.state, application.accreditation) == ("accredited", held)
    assert (held.kind, [one.category for one in held.categories.all()]) == ("training", ["blind_massage"])
    assert held.is_in_force(AFTER_NOTICE)
    told = [(one.verb, one.by_name) for one in BaseEvent.objects.filter(subject_type="application")]
    names = [manager.name, manager.name, officer.name, approver.name, officer.name, approver.name]
    assert [name for _verb, name in told] == names
    assert AuditEvent.objects.filter(subject_id=application.public_id).count() == len(told)


def test_whoever_applied_does_not_check_and_whoever_checked_does_not_decide() -> None:
    county = a_federation("620502")
    officer = an_actor("federation_officer", county)
    application = an_application(by=officer)
    applications.submit(by=officer, on=TODAY, application=application)
    with pytest.raises(OwnWork):
        reviews.check(by=officer, on=TODAY, application=application, points=GOOD, opinion="同意")
    checker = an_actor("federation_officer", county)
    reviews.check(by=checker, on=TODAY, application=application, points=GOOD, opinion="同意")
    both = an_actor("approver", county)
    BaseEvent.objects.filter(verb="base.application_checked").update(account_id=both.account_id)
    for decide in (reviews.accept, reviews.refuse):
        reason = {} if decide is reviews.accept else {"reason": "师资不足"}
        with pytest.raises(OwnWork):
            decide(by=both, on=TODAY, application=application, **reason)


@pytest.mark.parametrize(
    ("role", "place"),
    [("trainer", "base"), ("read_only", "base"), ("approver", "620502"), ("federation_officer", "620503")],
)
def test_only_the_bases_manager_and_its_officers_apply(role: str, place: str) -> None:
    base = a_base("620502")
    with pytest.raises(NotPermitted):
        an_application(base=base, by=an_actor(role, base if place == "base" else a_federation(place)))


def test_only_who_may_at_the_federation_asked_checks_and_decides() -> None:
    city = a_federation("620500")
    county_officer = an_actor("federation_officer", a_federation("620502"))
    county_approver = an_actor("approver", a_federation("620502"))
    submitted = an_application("submitted", federation=city)
    with pytest.raises(NotPermitted):
        reviews.check(by=county_officer, on=TODAY, application=submitted, points=GOOD, opinion="同意")
    checked = an_application("checked", federation=city)
    for actor in (county_approver, an_actor("federation_officer", city)):
        with pytest.raises(NotPermitted):
            reviews.accept(by=actor, on=TODAY, application=checked)
    assert reviews.accept(by=an_actor("approver", city), on=TODAY, application=checked).state == "accepted"


def test_an_application_is_handed_in_only_with_every_reason() -> None:
    draft = an_application(site="", categories=[])
    with pytest.raises(InvalidInput) as refused:
        applications.submit(by=SYSTEM, on=TODAY, application=draft)
    assert refused.value.facts == {"fields": {"site": "field_missing", "categories": "field_missing"}}


def test_what_is_returned_is_mended_and_sent_again() -> None:
    returned = an_application("returned")
    assert returned.reason == "请补充消防验收材料"
    values = REASONS | {"site": "消防验收\r\n2024年5月通过"}
    edited = applications.edit(
        by=SYSTEM, on=TODAY, application=returned, kind="incubation", categories=["general"], **values
    )
    assert (edited.kind, edited.site) == ("incubation", "消防验收\n2024年5月通过")
    assert applications.submit(by=SYSTEM, on=TODAY, application=returned).state == "submitted"
    with pytest.raises(ApplicationInState):
        applications.edit(
            by=SYSTEM, on=TODAY, application=returned, kind="training", categories=[], **REASONS
        )


def test_a_base_has_one_application_of_a_kind_on_its_way_to_a_federation() -> None:
    first = an_application()
    with pytest.raises(AlreadyHeld):
        an_application(base=first.base)
    an_application(base=first.base, kind="incubation")
    an_application(base=first.base, federation=a_federation("620500"))
    applications.withdraw(by=SYSTEM, on=TODAY, application=first)
    assert an_application(base=first.base).state == ApplicationState.DRAFT


def test_a_federation_of_another_region_is_not_asked() -> None:
    with pytest.raises(InvalidInput):
        an_application(base=a_base("620502"), federation=a_federation("620503"))


@pytest.mark.parametrize("points", [[], GOOD[:-1], [*GOOD, 1], [101, *GOOD[1:]], [-1, *GOOD[1:]]])
def test_points_are_given_for_each_criterion_up_to_its_most(points: list[int]) -> None:
    with pytest.raises(InvalidInput) as refused:
        reviews.check(
            by=SYSTEM, on=TODAY, application=an_application("submitted"), points=points, opinion="同意"
        )
    assert refused.value.facts == {"fields": {"points": "points_range"}}


def test_the_criteria_are_those_of_the_federation_on_the_day_and_stay() -> None:
    county = a_federation("620502")
    asked = [{"name": "消防", "weight": 3, "most": 10}, {"name": "师资", "weight": 1, "most": 100}]
    standards.decide(by=SYSTEM, federation=county, key="base_review_criteria", value=asked, since=TODAY)
    checked = reviews.check(
        by=SYSTEM, on=TODAY, application=an_application("submitted"), points=[5, 100], opinion="同意"
    )
    assert (checked.criteria, checked.score) == (asked, 62.5)
    standards.decide(by=SYSTEM, federation=county, key="base_review_criteria", value=None, since=TODAY)
    checked.refresh_from_db()
    assert checked.criteria == asked


def test_no_plaque_before_the_notice_has_passed() -> None:
    accepted = an_application("accepted")
    with pytest.raises(NoticeNotPassed):
        plaque(accepted)
    reviews.publish(by=SYSTEM, on=TODAY, applications=[accepted])
    with pytest.raises(NoticeNotPassed):
        plaque(accepted, on=TODAY, granted_on=TODAY)
    assert plaque(accepted).plaque_number == "620502-2024-001"


def test_a_notice_taken_down_is_published_again() -> None:
    accepted = an_application("accepted")
    notice = reviews.publish(by=SYSTEM, on=TODAY, applications=[accepted])
    notices.withdraw(by=SYSTEM, on=TODAY, notice=notice, reason="名称写错")
    with pytest.raises(NoticeNotPassed):
        plaque(accepted)
    reviews.publish(by=SYSTEM, on=TODAY, applications=[accepted])
    assert notice_queries.standing(accepted, AFTER_NOTICE).has_passed


def test_a_place_that_wants_no_notice_goes_on_without() -> None:
    accepted = an_application("accepted")
    standards.decide(
        by=SYSTEM,
        federation=accepted.federation,
        key="accreditation_notice_needed",
        value=False,
        since=TODAY,
    )
    assert plaque(accepted, on=TODAY, granted_on=TODAY).granted_on == TODAY


def test_several_are_put_on_one_notice_but_not_those_of_another_federation() -> None:
    accepted = [an_application("accepted") for _n in range(3)]
    other = an_application("accepted", federation=a_federation("620500"))
    with pytest.raises(InvalidInput):
        reviews.publish(by=SYSTEM, on=TODAY, applications=[*accepted, other])
    assert reviews.publish(by=SYSTEM, on=TODAY, applications=accepted).items.count() == 3


def test_what_is_accepted_or_on_notice_can_still_be_refused() -> None:
    for state in ("checked", "accepted"):
        refused = reviews.refuse(
            by=SYSTEM, on=TODAY, application=an_application(state), reason="异议成立：场地是租借的"
        )
        assert (refused.state, refused.accreditation) == ("refused", None)
        with pytest.raises(ApplicationInState):
            plaque(refused)


def test_a_renewal_follows_the_old_plaque() -> None:
    base = a_base("620502")
    old = an_accreditation(base, plaque_number="620502-2021-007")
    accepted = an_application("accepted", base=base, renews=old)
    reviews.publish(by=SYSTEM, on=TODAY, applications=[accepted])
    assert plaque(accepted).renews == old
    with pytest.raises(InvalidInput):
        an_application(renews=old)


def test_full_points_come_to_a_hundred() -> None:
    checked = reviews.check(
        by=SYSTEM, on=TODAY, application=an_application("submitted"), points=FULL, opinion="很好"
    )
    assert checked.score == 100
