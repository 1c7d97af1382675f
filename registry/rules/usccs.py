"""The unified social credit code (统一社会信用代码, GB 32100-2015) of a training base."""

import re
from typing import ClassVar

from registry.errors import RegistryError
from registry.rules import citizen_ids

LENGTH = 18

# 31 characters: no I, O, S, V, Z.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# Department and kind may be letters (N2 is a rural collective), then the six digits of a region.
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")

KINDS = {
    "11": "government",
    "12": "public_institution",
    "51": "social_group",
    "52": "private_non_enterprise",
    "53": "foundation",
    "91": "enterprise",
    "92": "individual_business",
    "93": "farmers_cooperative",
}
"""What the first two characters say of the holder; most private schools (民办学校) are 52."""


class UsccError(RegistryError):
    """A text that is not a unified social credit code."""

    code: ClassVar[str] = "uscc_invalid"
    status: ClassVar[int] = 422


class UsccLength(UsccError):
    """Not 18 characters."""

    code = "uscc_length"


class UsccCharacters(UsccError):
    """A character that cannot stand there: I, O, S, V, Z never occur, characters 3 to 8 are digits."""

    code = "uscc_characters"


class UsccChecksum(UsccError):
    """The last character does not follow from the first 17."""

    code = "uscc_checksum"


def check_character(body: str) -> str:
    """The 18th character that belongs to 17 others (MOD 31)."""
    total = sum(_ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def parse(text: str) -> str:
    """The code in its standard form. Raises UsccLength, UsccCharacters or UsccChecksum."""
    value = citizen_ids.clean(text)
    if len(value) != LENGTH:
        raise UsccLength(length=len(value), expected=LENGTH)
    if not _SHAPE.fullmatch(value):
        raise UsccCharacters()
    if value[17] != check_character(value[:17]):
        raise UsccChecksum()
    return value


def kind(uscc: str) -> str:
    """The kind of holder that the first two characters name; `other` where the standard leaves room."""
    return KINDS.get(uscc[:2], "other")
