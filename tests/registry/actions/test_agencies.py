from typing import Any

import pytest

from registry.actions import agencies
from registry.errors import AlreadyHeld, InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.base_factories import an_agency
from tests.registry.factories import a_federation, an_actor

pytestmark = pytest.mark.django_db


def test_an_agency_is_kept_with_its_services_and_what_it_offers() -> None:
    agency = an_agency(services=["guidance", "placement"], provisions=["wheelchair", "braille"])
    assert agency.services == ["placement", "guidance"]
    assert [one.provision for one in agency.provisions.all()] == ["braille", "wheelchair"]
    assert agency.public_name == agency.name


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "秦州区残疾人就业服务中心"}, "public_name"),
        ({"address": "区残联大楼一层"}, "address"),
        ({"services": ["magic"]}, "services"),
        ({"provisions": ["magic"]}, "provisions"),
        ({"kind": "magic"}, "kind"),
        ({"name": " "}, "name"),
    ],
)
def test_what_the_public_must_not_read_and_what_cannot_be_is_refused(
    values: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        an_agency(**values)
    assert field in refused.value.facts["fields"]


def test_a_name_that_discloses_stands_behind_a_public_one() -> None:
    agency = an_agency(name="秦州区残疾人就业服务中心", public_name="秦州区就业服务中心")
    assert agency.public_name == "秦州区就业服务中心"


def test_an_edit_says_in_the_trail_which_fields_changed() -> None:
    agency = an_agency()
    values = {"name": agency.name, "kind": "carrier", "provisions": ["braille"], "is_open": False}
    agencies.edit(by=SYSTEM, on=TODAY, agency=agency, **values)
    facts = AuditEvent.objects.get(verb="agency.edited").facts
    assert facts["fields"] == ["kind", "address", "phone", "services", "is_open", "provisions"]


def test_officers_keep_the_agencies_of_their_region_and_a_name_is_there_once() -> None:
    officer = an_actor("federation_officer", a_federation("620500"))
    an_agency(by=officer)
    with pytest.raises(AlreadyHeld):
        an_agency(by=officer)
    with pytest.raises(NotPermitted):
        an_agency(region="620600", by=officer)
    with pytest.raises(NotPermitted):
        an_agency("另一家", by=an_actor("approver", a_federation("620500")))
