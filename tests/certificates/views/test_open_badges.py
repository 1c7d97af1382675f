"""Exported certificates, as verifiers we did not write see them: they fetch what this site really answers."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from certificates.actions import certificates, corrections, keys
from certificates.faces.built_in import WORDS
from certificates.models import Certificate, SigningKey
from certificates.models.keys import KeyPurpose
from certificates.proof.status import ENTRIES
from certificates.views import open_badges
from registry.rules.access import SYSTEM
from tests import interop
from tests.certificates.factories import AT, ISSUED_ON, an_issued_certificate
from tests.registry.factories import a_federation, a_person, an_account

pytestmark = pytest.mark.django_db
SITE = "https://certs.example.org"
DID = "did:web:certs.example.org"
SCRIPTS = Path(__file__).parents[1] / "credentials"
ASKED_BY_JAVASCRIPT = "application/ld+json, application/json"


@pytest.fixture(autouse=True)
def one_site(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = SITE


@pytest.fixture
def certificate() -> Certificate:
    return an_issued_certificate(a_person(1, name="欧阳修文"))


def badge_of(certificate: Certificate, form: str = "json") -> str:
    """As staff download it."""
    client = Client()
    client.force_login(an_account("read_only", a_federation("620500")))
    return client.get(f"/certificates/{certificate.public_id}/open-badge?format={form}").content.decode()


def pages(*held: Certificate, accept: str = "") -> dict[str, str]:
    """What the site answers to a verifier that sends this Accept header, by address."""
    paths = {"/.well-known/did.json"}
    for certificate in held:
        listed = f"/status/{certificate.status_index // ENTRIES}"
        paths |= {
            f"{listed}/{purpose}{end}" for purpose in ("revocation", "suspension") for end in ("", ".jwt")
        }
    sent = {"Accept": accept} if accept else {}
    return {SITE + path: Client().get(path, headers=sent).content.decode() for path in sorted(paths)}


def digitalbazaar(badges: list[str], web: dict[str, str]) -> list[dict[str, Any]]:
    return interop.node(SCRIPTS / "check_with_digitalbazaar.mjs", {"credentials": badges, "pages": web})


def verifier_core(badges: list[str], web: dict[str, str]) -> list[dict[str, Any]]:
    return interop.node(SCRIPTS / "check_with_verifier_core.mjs", {"credentials": badges, "pages": web})


def openbadgeslib(badges: list[str], web: dict[str, str]) -> list[dict[str, Any]]:
    question = {"credentials": badges, "pages": web, "did": DID}
    return interop.python(SCRIPTS / "check_with_openbadgeslib.py", question)


def jose(tokens: list[str], web: dict[str, str]) -> list[dict[str, Any]]:
    document = web[f"{SITE}/.well-known/did.json"]
    return interop.node(SCRIPTS / "check_with_jose.mjs", {"tokens": tokens, "document": document})


# What somebody might change in a badge that is signed in its JSON.


def _subject(badge: dict[str, Any], **changed: Any) -> None:
    badge["credentialSubject"] |= changed


def _achievement(badge: dict[str, Any]) -> None:
    badge["credentialSubject"]["achievement"]["name"] = "医疗按摩"


def _identity(badge: dict[str, Any]) -> None:
    badge["credentialSubject"]["identifier"][0]["identityHash"] = "sha256$" + "0" * 64


def _other_place(badge: dict[str, Any]) -> None:
    badge["credentialStatus"][0]["statusListIndex"] = "5"


def _proof_value(badge: dict[str, Any]) -> None:
    value = badge["proof"]["proofValue"]
    badge["proof"]["proofValue"] = value[:-1] + ("2" if value[-1] != "2" else "3")


TAMPERING: dict[str, Callable[[dict[str, Any]], None]] = {
    "the base": lambda badge: badge["issuer"].update(name="清华大学"),
    "the course": _achievement,
    "whose it is": _identity,
    "a name added": lambda badge: _subject(badge, name="别人"),
    "the date": lambda badge: badge.update(validFrom="2020-01-01T00:00:00+08:00"),
    "the place in the list": _other_place,
    "no status": lambda badge: badge.pop("credentialStatus"),
    "the proof": _proof_value,
    "another's key": lambda badge: badge["proof"].update(verificationMethod=f"{DID}#AAAAAAAA"),
    "another issuer": lambda badge: badge["issuer"].update(id="did:web:evil.example"),
}


def tampered(badge: str) -> list[str]:
    forged = []
    for change in TAMPERING.values():
        content = json.loads(badge)
        change(content)
        forged.append(json.dumps(content))
    return forged


def tampered_jwt(token: str) -> list[str]:
    """A changed payload under the old signature, a changed signature, and another key's name."""
    header, payload, signature = token.split(".")
    changed = [header, _changed(payload, "validFrom", "2020-01-01T00:00:00+08:00"), signature]
    named = [_changed(header, "kid", f"{DID}#AAAAAAAA"), payload, signature]
    turned = [header, payload, ("A" if signature[0] != "A" else "B") + signature[1:]]
    return [".".join(parts) for parts in (changed, named, turned)]


def _changed(part: str, key: str, value: str) -> str:
    content = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return base64.urlsafe_b64encode(json.dumps(content | {key: value}).encode()).decode().rstrip("=")


def test_digital_bazaars_verifier_accepts_ours_and_refuses_every_change(certificate: Certificate) -> None:
    badge = badge_of(certificate)
    said = digitalbazaar([badge, *tampered(badge)], pages(certificate, accept=ASKED_BY_JAVASCRIPT))

    assert said[0] == {"verified": True, "set": {"revocation": False, "suspension": False}, "why": ""}
    assert dict(zip(TAMPERING, (answer["verified"] for answer in said[1:]), strict=True)) == dict.fromkeys(
        TAMPERING, False
    )


def test_verifier_core_accepts_ours_and_refuses_every_change(certificate: Certificate) -> None:
    badge = badge_of(certificate)
    said = verifier_core([badge, *tampered(badge)], pages(certificate, accept=ASKED_BY_JAVASCRIPT))

    assert said[0]["valid_signature"] is True
    assert said[0]["revocation_status"] is said[0]["suspension_status"] is True
    assert [
        name for name, answer in zip(TAMPERING, said[1:], strict=True) if answer.get("valid_signature")
    ] == []


@pytest.mark.parametrize("form", ["json", "jwt"])
def test_openbadgeslib_accepts_ours_and_refuses_every_change(certificate: Certificate, form: str) -> None:
    badge = badge_of(certificate, form)
    forged = tampered(badge) if form == "json" else tampered_jwt(badge)
    said = openbadgeslib([badge, *forged], pages(certificate))

    assert said[0] == {"verified": True, "why": ""}
    assert [answer for answer in said[1:] if answer["verified"]] == []


def test_a_jwt_library_accepts_ours_and_refuses_every_change(certificate: Certificate) -> None:
    token = badge_of(certificate, "jwt")
    said = jose([token, *tampered_jwt(token)], pages(certificate))

    assert said[0] == {"verified": True, "typ": "vc+jwt", "jti": f"{SITE}/C/{certificate.code}", "why": ""}
    assert [answer["verified"] for answer in said[1:]] == [False, False, False]


def test_a_status_list_with_a_bit_changed_is_refused(certificate: Certificate) -> None:
    """Or whoever serves the list could put a withdrawn certificate back in force."""
    web = pages(certificate, accept=ASKED_BY_JAVASCRIPT)
    address = f"{SITE}/status/{certificate.status_index // ENTRIES}/revocation"
    listed = json.loads(web[address])
    listed["credentialSubject"]["encodedList"] = (
        "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQsvoAAAAAAAAAAAAAAAAP4GcwM92tQwAAA"
    )
    web[address] = json.dumps(listed)

    assert not digitalbazaar([badge_of(certificate)], web)[0]["verified"]


def test_a_withdrawn_one_is_seen_as_revoked_and_its_neighbour_is_not(certificate: Certificate) -> None:
    other = an_issued_certificate(a_person(2))
    badges = [badge_of(certificate), badge_of(other)]
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="fraud")

    web = pages(certificate, other, accept=ASKED_BY_JAVASCRIPT)
    assert [said["set"] for said in digitalbazaar(badges, web)] == [
        {"revocation": True, "suspension": False},
        {"revocation": False, "suspension": False},
    ]
    # It says "valid" of a status when the bit is not set.
    assert [said["revocation_status"] for said in verifier_core(badges, web)] == [False, True]


@pytest.mark.parametrize("form", ["json", "jwt"])
def test_a_suspended_one_is_seen_as_suspended_until_it_is_reinstated(
    certificate: Certificate, form: str
) -> None:
    badge = badge_of(certificate, form)
    certificates.suspend(by=SYSTEM, on=ISSUED_ON, certificate=certificate, reason_class="under_review")
    meanwhile = openbadgeslib([badge], pages(certificate))
    certificates.reinstate(by=SYSTEM, on=ISSUED_ON, certificate=certificate)
    afterwards = openbadgeslib([badge], pages(certificate))

    assert "'suspension' is set" in meanwhile[0]["why"]
    assert afterwards == [{"verified": True, "why": ""}]


def test_a_replaced_one_is_seen_as_revoked_and_the_new_one_is_not(certificate: Certificate) -> None:
    before = badge_of(certificate)
    corrections.correct(by=SYSTEM, at=AT, certificate=certificate, typed={"hours": "50"})
    new = Certificate.objects.get(replaces=certificate)

    web = pages(certificate, new, accept=ASKED_BY_JAVASCRIPT)
    assert [said["set"] for said in digitalbazaar([before, badge_of(new)], web)] == [
        {"revocation": True, "suspension": False},
        {"revocation": False, "suspension": False},
    ]


def test_what_a_retired_key_signed_keeps_verifying(certificate: Certificate) -> None:
    before = {form: badge_of(certificate, form) for form in ("json", "jwt")}
    for purpose in (KeyPurpose.CREDENTIAL, KeyPurpose.SERVICE):
        keys.create(by=SYSTEM, on=ISSUED_ON, not_before=ISSUED_ON, purpose=purpose)
        keys.rotate(by=SYSTEM, on=ISSUED_ON, owner=None, purpose=purpose)
    after = {form: badge_of(certificate, form) for form in ("json", "jwt")}

    assert after["json"] != before["json"]
    said = digitalbazaar([before["json"], after["json"]], pages(certificate, accept=ASKED_BY_JAVASCRIPT))
    assert [answer["verified"] for answer in said] == [True, True]
    said = jose([before["jwt"], after["jwt"]], pages(certificate))
    assert [answer["verified"] for answer in said] == [True, True]


def test_what_a_leaked_key_signed_is_not_accepted_any_more(certificate: Certificate) -> None:
    before = badge_of(certificate)
    leaked = SigningKey.objects.get(purpose=KeyPurpose.CREDENTIAL)
    keys.close(by=SYSTEM, on=ISSUED_ON, key=leaked, from_=ISSUED_ON, reason="硬盘丢失")

    said = digitalbazaar([before, badge_of(certificate)], pages(certificate, accept=ASKED_BY_JAVASCRIPT))
    assert [answer["verified"] for answer in said] == [False, True]


def test_asked_again_it_is_the_same_to_the_byte(certificate: Certificate) -> None:
    for form in ("json", "jwt"):
        assert badge_of(certificate, form) == badge_of(certificate, form)


@pytest.mark.parametrize("form", ["json", "jwt"])
def test_staff_hand_on_a_badge_without_the_name_and_nothing_about_the_person(
    certificate: Certificate, form: str
) -> None:
    badge = badge_of(certificate, form)
    if form == "jwt":
        part = badge.split(".")[1]
        badge = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
    person = certificate.person

    assert certificate.course_name in badge
    for hidden in (person.name, person.citizen_id, "残疾人证", "disab"):
        assert hidden not in badge.replace(certificate.issuer_name, "")


@pytest.mark.parametrize(
    ("query", "accept", "ending", "media_type"),
    [
        ("", "*/*", "json", "application/vc"),
        ("", "application/vc+jwt", "jwt", "application/vc+jwt"),
        ("?format=json", "application/vc+jwt", "json", "application/vc"),
        ("?format=jwt", "*/*", "jwt", "application/vc+jwt"),
    ],
)
def test_the_file_has_the_form_asked_for(
    certificate: Certificate, client: Client, query: str, accept: str, ending: str, media_type: str
) -> None:
    client.force_login(an_account("read_only", a_federation("620500")))
    address = f"/certificates/{certificate.public_id}/open-badge{query}"
    response = client.get(address, headers={"Accept": accept})

    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="{certificate.number}.{ending}"'
    assert response["Cache-Control"] == "no-store"


def test_another_format_is_refused_by_name(certificate: Certificate, client: Client) -> None:
    client.force_login(an_account("read_only", a_federation("620500")))
    response = client.get(f"/certificates/{certificate.public_id}/open-badge?format=xml")
    assert response.status_code == 422


def test_an_export_costs_one_query_beyond_the_certificate(
    certificate: Certificate, django_assert_num_queries: Any
) -> None:
    held = Certificate.objects.select_related("skill").get(pk=certificate.pk)
    for form in open_badges.Form:
        with django_assert_num_queries(1):
            open_badges.file_of(held, form=form)


@pytest.mark.parametrize(
    ("printed", "language", "description", "narrative"),
    [
        (
            "zh-hans",
            "zh-Hans",
            "技能：网络直播；等级：五级/初级工；课时：120。",
            "完成下列培训，考核合格，特发此证。",
        ),
        (
            "zh-hant",
            "zh-Hant",
            "技能：网络直播；等級：五級/初級工；課時：120。",
            "完成下列培訓，考核合格，特發此證。",
        ),
        (
            "zh-en",
            "zh-Hans",
            "技能：网络直播；等级：五级/初级工；课时：120。",
            "完成下列培训，考核合格，特发此证。",
        ),
    ],
)
def test_it_speaks_the_language_and_the_words_of_the_print(
    certificate: Certificate, printed: str, language: str, description: str, narrative: str
) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(
        language=printed, level=5, skill_name="网络直播", hours=120
    )
    achievement = json.loads(badge_of(certificate))["credentialSubject"]["achievement"]

    assert achievement["inLanguage"] == language
    assert achievement["description"] == description
    assert achievement["criteria"] == {"narrative": narrative}


def test_in_english_too(certificate: Certificate) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(
        language="en", skill_name_en="Livestreaming", hours=120
    )
    achievement = json.loads(badge_of(certificate))["credentialSubject"]["achievement"]

    assert achievement["description"] == f"{WORDS['en'].skill}: Livestreaming; {WORDS['en'].hours}: 120."
    assert achievement["criteria"] == {"narrative": WORDS["en"].statement}


def test_the_code_in_the_documentation_checks_a_badge(certificate: Certificate) -> None:
    page = (interop.ROOT / "docs" / "open-badges.md").read_text()
    code = page.split("```python\n")[1].split("```")[0]
    badge = badge_of(certificate)
    forged = badge.replace(certificate.course_name, "医疗按摩")

    said = [
        interop.python(
            SCRIPTS / "run_snippet.py",
            {"code": code, "files": {"badge.json": file}, "pages": pages(certificate)},
        )["said"]
        for file in (badge, forged)
    ]
    assert said[0] == certificate.course_name
    assert "signature mismatch" in said[1]
