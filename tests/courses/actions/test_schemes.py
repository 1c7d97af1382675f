from dataclasses import replace
from datetime import date

import pytest

from courses.actions import schemes
from courses.models import SubsidyScheme
from courses.queries.schemes import applicable
from courses.subsidy_errors import SchemeOver, SchemeOverlaps
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.subsidy_factories import a_claim, a_scheme, new_scheme
from tests.registry.factories import a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db


def decide(by=SYSTEM, region="620500", **fields):
    federation = a_federation(region)
    return schemes.decide(by=by, on=TODAY, federation=federation, scheme=new_scheme(**fields))


def test_a_scheme_names_its_document_and_leaves_an_audit_row():
    scheme = decide()
    assert (scheme.document, scheme.clause) == ("天政办发〔2022〕78号", "三（五）")
    facts = AuditEvent.objects.get(verb="subsidy_scheme.decided").facts
    assert (facts["rate"], facts["document"]) == ("1500", scheme.document)


def test_the_nearest_federations_scheme_applies_and_counties_may_differ():
    city, county = decide(), decide(region="620502", rate="1800")
    assert applicable(a_region("620502"), on=TODAY) == {"training_fee": county}
    assert applicable(a_region("620503"), on=TODAY) == {"training_fee": city}
    assert applicable(a_region("211102"), on=TODAY) == {}
    assert applicable(a_region("620502"), on=date(2022, 10, 11)) == {}


def test_a_new_document_makes_a_new_version_and_ends_the_old_one_the_day_before():
    old = decide()
    claim = a_claim()
    new = new_scheme(document="天政办发〔2025〕9号", valid_from=date(2024, 7, 1), rate="2000")
    made = schemes.replace(by=SYSTEM, on=TODAY, earlier=old, scheme=new)
    old.refresh_from_db()
    assert old.valid_until == date(2024, 6, 30)
    assert (made.replaces, made.rate, old.rate) == (old, 2000, 1500)
    claim.refresh_from_db()
    assert claim.scheme == old
    with pytest.raises(SchemeOver):
        schemes.replace(by=SYSTEM, on=TODAY, earlier=old, scheme=replace(new, valid_from=date(2024, 8, 1)))


def test_two_schemes_of_a_kind_never_run_at_once():
    decide()
    with pytest.raises(SchemeOverlaps):
        decide(valid_from=date(2024, 1, 1))
    assert decide(kind="living").kind == "living"
    assert decide(valid_from=date(2021, 1, 1), valid_until=date(2022, 10, 11))


def test_a_scheme_ends_on_a_day_and_not_before_it_began():
    scheme = decide()
    with pytest.raises(InvalidInput):
        schemes.end(by=SYSTEM, on=TODAY, scheme=scheme, valid_until=date(2022, 1, 1))
    ended = schemes.end(by=SYSTEM, on=TODAY, scheme=scheme, valid_until=date(2024, 5, 31))
    assert not ended.is_in_force(TODAY)
    with pytest.raises(SchemeOver):
        schemes.end(by=SYSTEM, on=TODAY, scheme=scheme, valid_until=TODAY)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"rate": "0"}, {"rate": "amount_positive"}),
        ({"funding_sources": []}, {"funding_sources": "field_missing"}),
        ({"funding_sources": ["lottery"]}, {"funding_sources": "field_choice"}),
        ({"shares": {"blended": 170}}, {"share_blended": "over_100"}),
        ({"shares": {"rainy": 70}}, {"share_rainy": "over_100"}),
        ({"document": " "}, {"document": "field_missing"}),
        ({"kind": "gift", "conditions": {}}, {"kind": "field_choice"}),
        ({"valid_until": date(2020, 1, 1)}, {"valid_until": "date_before_start"}),
        (
            {"kind": "appraisal", "conditions": {"certificate_families": ["completion"]}},
            {"certificate_families": "scheme_completion_listed"},
        ),
    ],
)
def test_what_cannot_stand_in_a_scheme_is_named(fields, problem):
    with pytest.raises(InvalidInput) as refused:
        decide(**({"conditions": {}} | fields))
    assert refused.value.facts["fields"] == problem
    assert not SubsidyScheme.objects.exists()


@pytest.mark.parametrize("role", ["approver", "auditor", "counsellor"])
def test_only_an_officer_of_the_federation_or_above_decides(role):
    with pytest.raises(NotPermitted):
        decide(by=an_actor(role, a_federation("620500")))
    with pytest.raises(NotPermitted):
        decide(by=an_actor("federation_officer", a_federation("620502")))
    assert decide(by=an_actor("federation_officer", a_federation("620000")))


def test_a_scheme_of_another_federation_is_not_replaced():
    scheme = a_scheme(region="620502")
    with pytest.raises(NotPermitted):
        schemes.replace(
            by=an_actor("federation_officer", a_federation("620503")),
            on=TODAY,
            earlier=scheme,
            scheme=new_scheme(valid_from=date(2025, 1, 1)),
        )
