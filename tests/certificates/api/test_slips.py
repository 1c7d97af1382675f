"""Slips through the API: printed by a base's own system, opened by their holder."""

import pytest
from django.test import Client

from registry.models import AuditEvent
from tests.certificates.factories import an_issued_certificate, an_issuing_base
from tests.registry.factories import a_person, an_account

pytestmark = pytest.mark.django_db


def test_a_link_from_the_api_opens_the_holders_page_until_it_is_ended(client: Client) -> None:
    base = an_issuing_base()
    person = an_issued_certificate(a_person(1, base=base), base=base).person
    manager = an_account("base_manager", base)
    client.force_login(manager)
    made = client.post(f"/api/certificates/people/{person.public_id}/slips")
    assert made.status_code == 200
    slip = made.json()
    path = "/M/" + slip["link"].rpartition("/M/")[2]

    phone = Client()
    opened = phone.post(path, {"last_four": person.citizen_id[-4:]}, follow=True)
    assert "您已掌握 1 门技能" in opened.content.decode()

    assert slip["in_force"] is True
    for _time in range(2):
        assert client.post(f"/api/certificates/slips/{slip['id']}/end").json()["in_force"] is False
    assert phone.get(path).status_code == 410
    assert "您已掌握" not in phone.get("/my/").content.decode()
    verbs = AuditEvent.objects.filter(actor_id=manager.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["slip.ended", "slip.issued"]


def test_who_has_no_certificate_is_refused_in_words(client: Client) -> None:
    base = an_issuing_base()
    person = a_person(1, base=base)
    client.force_login(an_account("base_manager", base))
    answer = client.post(f"/api/certificates/people/{person.public_id}/slips")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_open")
