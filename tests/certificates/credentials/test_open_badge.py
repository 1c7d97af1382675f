"""What stands in an exported certificate, and what never does."""

import dataclasses
import hashlib
import json

from certificates.credentials import open_badge
from tests.certificates.credentials.samples import AWARD, DID, SITE


def test_it_says_what_was_printed() -> None:
    badge = open_badge.credential(AWARD, did=DID, site=SITE)
    subject, achievement = badge["credentialSubject"], badge["credentialSubject"]["achievement"]

    assert badge["id"] == AWARD.address
    assert badge["name"] == "职业技能培训合格证书"
    assert badge["issuer"]["id"] == DID
    assert badge["issuer"]["name"] == "天水阳光职业培训学校"
    assert badge["issuer"]["parentOrg"]["name"] == "天水市残疾人联合会"
    assert badge["validFrom"] == "2024-06-18T00:00:00+08:00"
    assert achievement["name"] == "网络直播营销"
    assert achievement["fieldOfStudy"] == "互联网营销师"
    assert achievement["criteria"] == {"narrative": "完成培训，考核合格。"}
    assert subject["result"][0]["value"] == "120"
    assert subject["result"][0]["resultDescription"] == achievement["resultDescription"][0]["id"]
    assert subject["licenseNumber"] == "620520240017P000342A"


def test_it_points_to_the_same_place_in_both_status_lists() -> None:
    revocation, suspension = open_badge.credential(AWARD, did=DID, site=SITE)["credentialStatus"]

    assert revocation == {
        "id": f"{SITE}/status/3/revocation#123456",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "123456",
        "statusListCredential": f"{SITE}/status/3/revocation",
    }
    assert suspension == json.loads(json.dumps(revocation).replace("revocation", "suspension"))


def test_the_lists_may_be_asked_for_in_another_form() -> None:
    entries = open_badge.credential(AWARD, did=DID, site=SITE, list_suffix=".jwt")["credentialStatus"]
    assert [entry["statusListCredential"] for entry in entries] == [
        f"{SITE}/status/3/revocation.jwt",
        f"{SITE}/status/3/suspension.jwt",
    ]


def test_the_name_is_hashed_unless_the_holder_wants_it_shown() -> None:
    hidden = open_badge.credential(AWARD, did=DID, site=SITE)
    shown = open_badge.credential(AWARD, did=DID, site=SITE, named=True)

    assert "李明月" not in json.dumps(hidden, ensure_ascii=False)
    assert shown["credentialSubject"].pop("name") == "李明月"
    assert shown == hidden


def test_whoever_is_told_the_name_can_compare_it() -> None:
    identity = open_badge.credential(AWARD, did=DID, site=SITE)["credentialSubject"]["identifier"][0]
    digest = hashlib.sha256(f"李明月{identity['salt']}".encode()).hexdigest()

    assert identity["hashed"] is True
    assert identity["identityHash"] == f"sha256${digest}"


def test_two_certificates_of_one_person_share_no_identity() -> None:
    other = dataclasses.replace(AWARD, code="0000000000A0")
    first, second = (
        open_badge.credential(award, did=DID, site=SITE)["credentialSubject"]["identifier"][0]
        for award in (AWARD, other)
    )
    assert first["identityHash"] != second["identityHash"]


def test_without_a_federation_no_parent_is_named() -> None:
    issuer = open_badge.credential(dataclasses.replace(AWARD, issuer_name=""), did=DID, site=SITE)["issuer"]
    assert "parentOrg" not in issuer
