"""Looking a certificate up by hand, and the trust bundle."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from certificates.proof import codes
from tests.certificates.factories import an_issued_certificate
from tests.registry.factories import a_person

pytestmark = pytest.mark.django_db
NO_SUCH = codes.make_number(region_code="6205", year=2024, base_serial=9999, sequence=1)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2024, 7, 1, 2, 30, 20, tzinfo=UTC))


def look_up(client: Client, number: str | None, name: str, address: str = "10.0.0.1") -> object:
    return client.post("/verify/", {"number": number or "", "name": name}, REMOTE_ADDR=address)


def test_a_code_leads_to_its_page_however_it_is_typed(client: Client) -> None:
    certificate = an_issued_certificate()
    typed = codes.format_code(certificate.code).lower()

    assert client.get("/verify/", {"code": typed})["Location"] == f"/C/{certificate.code}"


@pytest.mark.parametrize("typed", ["", "ABC", "1234567890AB", "ÄÖÜ", "1" * 59])
def test_a_mistyped_code_is_explained_beside_the_field(client: Client, typed: str) -> None:
    page = client.get("/verify/", {"code": typed})

    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    assert 'href="#code_code"' in page.content.decode()


@pytest.mark.parametrize("typed", ["欧阳修文", "欧阳", " 欧阳　修文"])
def test_number_and_name_or_surname_lead_to_the_page(client: Client, typed: str) -> None:
    certificate = an_issued_certificate(a_person(4, name="欧阳修文"))
    found = look_up(client, codes.format_number(str(certificate.number)), typed)

    assert found["Location"] == f"/C/{certificate.code}"  # type: ignore[index]


def test_a_wrong_name_and_no_such_number_get_the_same_answer(client: Client) -> None:
    certificate = an_issued_certificate()

    wrong = look_up(client, certificate.number, "无此人", "10.0.0.1")
    none = look_up(client, NO_SUCH, "无此人", "10.0.0.2")

    assert wrong.status_code == none.status_code == 404  # type: ignore[attr-defined]
    assert wrong.content.replace(str(certificate.number).encode(), b"") == none.content.replace(  # type: ignore[attr-defined]
        NO_SUCH.encode(), b""
    )


def test_the_number_in_the_form_is_still_there_and_the_name_never_in_an_address(client: Client) -> None:
    page = look_up(client, NO_SUCH, "无此人")

    assert NO_SUCH in page.content.decode()  # type: ignore[attr-defined]
    assert client.get("/verify/", {"number": NO_SUCH, "name": "无此人"}).status_code == 200


def test_numbers_are_limited_for_one_address(client: Client) -> None:
    numbers = [
        codes.make_number(region_code="6205", year=2024, base_serial=9, sequence=n) for n in range(1, 12)
    ]
    statuses = [look_up(client, number, "王").status_code for number in numbers]  # type: ignore[attr-defined]

    assert statuses == [404] * 10 + [429]


@pytest.mark.parametrize("exists", [True, False])
def test_names_for_one_number_are_limited_wherever_they_come_from(client: Client, exists: bool) -> None:
    certificate = an_issued_certificate()
    number = certificate.number if exists else NO_SUCH
    statuses = [look_up(client, number, f"无{n}", f"10.0.1.{n}").status_code for n in range(6)]  # type: ignore[attr-defined]

    assert statuses == [404] * 5 + [429]


def test_no_cookie_is_set(client: Client) -> None:
    assert not client.get("/verify/").cookies
    assert not look_up(client, NO_SUCH, "王").cookies  # type: ignore[attr-defined]
