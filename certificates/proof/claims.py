"""What a certificate's signature covers, and nothing more.

Seven small facts, so that the QR stays readable. Never here: disability, citizen ID, 残疾人证 number,
phone, score. The certificate's code is not among them either: it is signed as the envelope's external
data (see `cose`), so that a fragment cannot be moved to another certificate.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .errors import ClaimsError

VERSION = 1
EPOCH = date(2020, 1, 1)
MAX_DAYS = 36_523  # up to 2119-12-31
MAX_NAME_BYTES = 128
MAX_SKILL = 99_999
MAX_LEVEL = 5
MAX_HOURS = 9_999
MAX_NUMBER = 2**32 - 1

# The map's keys. A key is never reused with another meaning.
(
    KEY_VERSION,
    KEY_NAME,
    KEY_SKILL_LEVEL,
    KEY_HOURS,
    KEY_ISSUED_ON,
    KEY_BASE,
    KEY_STATUS_INDEX,
) = range(7)

# Characters that would make two different names look the same, or turn the text around: controls, no-break
# and zero-width characters, bidirectional marks, fillers, private tags. verify.js has the same list.
INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The signed content of one certificate. Raises ClaimsError when a value must not be signed."""

    name: str
    """The holder's name exactly as printed, in Unicode NFC."""
    skill: int
    """The skill's (门) number in the registry's catalogue."""
    level: int
    """职业技能等级: 5 初级工 … 1 高级技师; 0 for a certificate without a level."""
    hours: int
    """Training hours in 课时."""
    issued_on: date
    base: int
    """The issuing training base's short number in the registry."""
    status_index: int
    """The certificate's place in the registry's status list: random, never reused."""
    version: int = VERSION

    def __post_init__(self) -> None:
        if not _whole(self.version, VERSION, VERSION):
            raise ClaimsError("claims_version")
        if not _printable_name(self.name):
            raise ClaimsError("claims_name")
        if not (_whole(self.skill, 1, MAX_SKILL) and _whole(self.level, 0, MAX_LEVEL)):
            raise ClaimsError("claims_skill")
        if not _whole(self.hours, 1, MAX_HOURS):
            raise ClaimsError("claims_hours")
        if type(self.issued_on) is not date or not 0 <= (self.issued_on - EPOCH).days <= MAX_DAYS:
            raise ClaimsError("claims_issued_on")
        if not _whole(self.base, 1, MAX_NUMBER):
            raise ClaimsError("claims_base")
        if not _whole(self.status_index, 0, MAX_NUMBER):
            raise ClaimsError("claims_status_index")

    def to_map(self) -> dict[int, int | str]:
        """The integer-keyed map that is signed."""
        return {
            KEY_VERSION: self.version,
            KEY_NAME: self.name,
            KEY_SKILL_LEVEL: self.skill * 10 + self.level,
            KEY_HOURS: self.hours,
            KEY_ISSUED_ON: (self.issued_on - EPOCH).days,
            KEY_BASE: self.base,
            KEY_STATUS_INDEX: self.status_index,
        }

    @classmethod
    def from_map(cls, content: Any) -> "Claims":
        """The claims in a decoded map, however hostile. Raises ClaimsError."""
        if not isinstance(content, dict):
            raise ClaimsError("claims_shape")
        # Before the shape: a later version may well have other fields, and the answer should say so.
        if not _whole(content.get(KEY_VERSION), VERSION, VERSION):
            raise ClaimsError("claims_version")
        if set(content) != set(range(7)):
            raise ClaimsError("claims_shape")
        if not _whole(content[KEY_SKILL_LEVEL], 0, MAX_NUMBER):
            raise ClaimsError("claims_skill")
        if not _whole(content[KEY_ISSUED_ON], 0, MAX_DAYS):
            raise ClaimsError("claims_issued_on")
        skill, level = divmod(content[KEY_SKILL_LEVEL], 10)
        return cls(
            name=content[KEY_NAME],
            skill=skill,
            level=level,
            hours=content[KEY_HOURS],
            issued_on=EPOCH + timedelta(days=content[KEY_ISSUED_ON]),
            base=content[KEY_BASE],
            status_index=content[KEY_STATUS_INDEX],
        )


def _whole(value: Any, low: int, high: int) -> bool:
    """Whether `value` is an integer in range; `type` rather than isinstance, as True is an int."""
    return type(value) is int and low <= value <= high


def _printable_name(name: Any) -> bool:
    return (
        type(name) is str
        and name != ""
        and not INVISIBLE.search(name)
        and len(name.encode()) <= MAX_NAME_BYTES
        and name[0] not in " \u3000"
        and name[-1] not in " \u3000"
        and unicodedata.is_normalized("NFC", name)
    )
