import pytest

from registry.actions import reveals
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_person, an_actor

pytestmark = pytest.mark.django_db


def test_a_number_is_revealed_to_those_allowed_with_a_reason_and_recorded() -> None:
    person = a_person(1, base=a_base(), phone="13812345678")
    officer = an_actor("federation_officer", a_federation("620500"))
    shown = {
        field: reveals.reveal(by=officer, on=TODAY, person=person, field=field, reason="contact")
        for field in ("citizen_id", "disability_number", "phone")
    }
    assert shown == {
        "citizen_id": person.citizen_id,
        "disability_number": f"{person.citizen_id}12",
        "phone": "13812345678",
    }
    facts = AuditEvent.objects.filter(verb="person.revealed").values_list("facts", flat=True)
    assert sorted(fact["field"] for fact in facts) == ["citizen_id", "disability_number", "phone"]
    assert all(fact["reason"] == "contact" for fact in facts)


def test_revealing_needs_the_permission_and_a_reason() -> None:
    person = a_person(1, category="")
    with pytest.raises(NotPermitted):
        reveals.reveal(by=an_actor("auditor"), on=TODAY, person=person, field="phone", reason="contact")
    officer = an_actor("federation_officer")
    for field, reason in (("phone", ""), ("phone", "因为我想看"), ("name", "contact")):
        with pytest.raises(InvalidInput):
            reveals.reveal(by=officer, on=TODAY, person=person, field=field, reason=reason)
    with pytest.raises(NotFound):
        reveals.reveal(by=officer, on=TODAY, person=person, field="disability_number", reason="contact")
    assert not AuditEvent.objects.filter(verb="person.revealed").exists()
