"""The Open Badges 3.0 credential of a certificate: what was printed, and nothing else.

The holder is told by a salted hash of the printed name: whoever has the file and is told a name can compare,
and two certificates of one person have nothing in common. The name itself stands in it only when the holder
asks for that. There is never anything about disability, identity numbers, telephone or scores.

Source: 1EdTech Open Badges 3.0, §2 and appendix B; W3C Verifiable Credentials Data Model v2.0.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from certificates.credentials.canonical import CREDENTIALS_V2, OPEN_BADGES
from certificates.proof.keys import BEIJING

TYPE = "OpenBadgeCredential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A certificate as printed, in its own language, and where it stands in the status lists."""

    code: str
    address: str
    """Its public page."""
    language: str
    """BCP 47: zh-Hans."""
    title: str
    holder_name: str
    course_name: str
    skill_name: str
    skill_number: int
    description: str
    """What was learnt, in a sentence."""
    narrative: str
    """What was done for it, in a sentence."""
    hours: int
    hours_name: str
    """The word for training hours (课时)."""
    starts_on: date
    ends_on: date
    issued_on: date
    number: str
    base_name: str
    issuer_name: str
    """The federation that oversees the training, or ""."""
    status_address: str
    """Address of its status lists; `/revocation` and `/suspension` follow."""
    status_place: int
    """Its place in both lists."""


def credential(
    award: Award, *, did: str, site: str, named: bool = False, list_suffix: str = ""
) -> dict[str, Any]:
    """The unsigned credential, issued by `did` with its home page at `site`.

    `named`: with the holder's name. `list_suffix` follows the addresses of the status lists, so that a
    credential in one form leads to lists in the same form.
    """
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": award.address,
        "type": ["VerifiableCredential", TYPE],
        "name": award.title,
        "issuer": _issuer(award, did, site),
        "validFrom": midnight(award.issued_on),
        "credentialSubject": _subject(award, named),
        "credentialStatus": [_entry(award, purpose, list_suffix) for purpose in ("revocation", "suspension")],
    }


def identity_hash(name: str, salt: str) -> str:
    """How a name is compared: SHA-256 of the name and the salt, in UTF-8 (Open Badges 3.0, IdentityHash)."""
    return "sha256$" + hashlib.sha256((name + salt).encode()).hexdigest()


def midnight(day: date) -> str:
    """The beginning of a day in China as an RFC 3339 time."""
    return datetime.combine(day, time(), BEIJING).isoformat()


def _issuer(award: Award, did: str, site: str) -> dict[str, Any]:
    # The registry signs for the base: its keys, the base's name.
    issuer: dict[str, Any] = {"id": did, "type": ["Profile"], "name": award.base_name, "url": site}
    if award.issuer_name:
        parent = {"id": f"{award.address}#oversight", "type": ["Profile"], "name": award.issuer_name}
        issuer["parentOrg"] = parent
    return issuer


def _subject(award: Award, named: bool) -> dict[str, Any]:
    hours = f"{award.address}#hours"
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity_hash(award.holder_name, award.code),
        "identityType": "name",
        "salt": award.code,
    }
    achievement = {
        "id": f"{award.address}#achievement",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": award.course_name,
        "inLanguage": award.language,
        "description": award.description,
        "criteria": {"narrative": award.narrative},
        "fieldOfStudy": award.skill_name,
        "humanCode": str(award.skill_number),
        "resultDescription": [
            {
                "id": hours,
                "type": ["ResultDescription"],
                "name": award.hours_name,
                "resultType": "Result",
            }
        ],
    }
    subject = {
        "type": ["AchievementSubject"],
        "identifier": [identity],
        "activityStartDate": midnight(award.starts_on),
        "activityEndDate": midnight(award.ends_on),
        "licenseNumber": award.number,
        "result": [{"type": ["Result"], "resultDescription": hours, "value": str(award.hours)}],
        "achievement": achievement,
    }
    return {**subject, "name": award.holder_name} if named else subject


def _entry(award: Award, purpose: str, suffix: str) -> dict[str, str]:
    address = f"{award.status_address}/{purpose}"
    return {
        "id": f"{address}#{award.status_place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(award.status_place),
        "statusListCredential": address + suffix,
    }
