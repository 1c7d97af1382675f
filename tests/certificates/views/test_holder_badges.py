"""The holder makes an Open Badge and decides whether their name stands in it."""

import json

import pytest
from django.test import Client

from certificates.actions import certificates
from certificates.limits import HOLDER_FILES
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, an_issued_certificate
from tests.certificates.holder_factories import a_slip
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client: Client) -> str:
    """Of the page, opened by its holder 欧阳修文."""
    held = an_issued_certificate(a_person(1, name="欧阳修文"))
    _slip, token = a_slip(held.person)
    client.post(f"/M/{token}", {"last_four": held.person.citizen_id[-4:]})
    return f"/my/certificates/{held.public_id}/open-badge"


def test_without_an_answer_the_name_stays_out(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert '<input type="radio" name="name" value="hidden" required id="id_name_0" checked>' in page


def test_the_name_stands_in_it_when_the_holder_says_so(client: Client, address: str) -> None:
    shown = client.get(address, {"name": "shown", "format": "json"})
    hidden = client.get(address, {"name": "hidden", "format": "json"})

    assert json.loads(shown.content)["credentialSubject"]["name"] == "欧阳修文"
    assert "欧阳修文" not in hidden.content.decode()
    assert shown["Content-Type"] == hidden["Content-Type"] == "application/vc"


def test_the_file_may_be_a_jwt(client: Client, address: str) -> None:
    answer = client.get(address, {"name": "hidden", "format": "jwt"})
    assert answer["Content-Type"] == "application/vc+jwt"
    assert answer.content.count(b".") == 2


def test_half_an_answer_is_explained_beside_the_field(client: Client, address: str) -> None:
    answer = client.get(address, {"format": "json"})
    assert answer.status_code == 422
    assert 'href="#id_name' in answer.content.decode()


def test_a_withdrawn_certificate_makes_no_badge(client: Client, address: str) -> None:
    held = an_issued_certificate(a_person(2))
    _slip, token = a_slip(held.person)
    client.post(f"/M/{token}", {"last_four": held.person.citizen_id[-4:]})
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=held, reason_class="fraud")

    assert client.get(f"/my/certificates/{held.public_id}/open-badge").status_code == 404


def test_nobody_makes_badges_without_end(client: Client, address: str) -> None:
    asked = {"name": "hidden", "format": "jwt"}
    answers = {client.get(address, asked).status_code for _try in range(HOLDER_FILES["limit"])}

    assert answers == {200}
    assert client.get(address, asked).status_code == 429
    assert client.get(address).status_code == 200
