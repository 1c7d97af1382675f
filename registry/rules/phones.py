"""Telephone numbers in China: tidied, and judged softly: a wrong guess must turn no trainee away."""

import re
import unicodedata
from enum import StrEnum

LONGEST = 40
"""Characters kept of what was entered: two numbers and a word beside them fit."""

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area code of 3 or 4 digits, 7 or 8 digits, perhaps an extension; or the local number alone.
_LANDLINE = re.compile(r"(0(10|2[0-9]|[3-9][0-9]{2}))?[2-9][0-9]{6,7}((转|X|EXT\.?)[0-9]{1,6})?")
_COUNTRY_CODE = re.compile(r"(\+|00)86|86(?=1[3-9][0-9]{9}$)")


class PhoneKind(StrEnum):
    """What a number looks like."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    UNKNOWN = "unknown"


def clean(text: str) -> str:
    """Full-width forms folded, blanks, dashes, brackets and the country code dropped."""
    folded = unicodedata.normalize("NFKC", text).upper()
    bare = "".join(
        c for c in folded if unicodedata.category(c) not in {"Zs", "Cc", "Cf", "Pd"} and c not in "'()"
    )
    return _COUNTRY_CODE.sub("", bare, count=1) if _COUNTRY_CODE.match(bare) else bare


def kind(number: str) -> PhoneKind:
    """What a cleaned number looks like; UNKNOWN is worth a warning, not a refusal."""
    if _MOBILE.fullmatch(number):
        return PhoneKind.MOBILE
    if _LANDLINE.fullmatch(number):
        return PhoneKind.LANDLINE
    return PhoneKind.UNKNOWN
