"""Names of persons: kept exactly as entered, compared with a forgiving eye.

A certificate must show the name its holder writes: any CJK extension, any form of the middle dot. Only the
comparison folds such forms, never the stored text.
"""

import re
import unicodedata
from typing import ClassVar

from registry.errors import RegistryError

LONGEST = 50
"""Characters; the longest minority names with their dots stay well under it."""

MIDDLE_DOT = "\u00b7"
# What stands between the parts of a Uyghur, Kazakh or Tibetan name depends on the input method.
DOTS = "\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\u16eb\u2e31\u0387\u25cf\u2024."
_FOLD_DOTS = str.maketrans(dict.fromkeys(DOTS, MIDDLE_DOT))


class PersonNameError(RegistryError):
    """A text that cannot be a person's name. The facts never hold the text itself."""

    code: ClassVar[str] = "name_invalid"
    status: ClassVar[int] = 422


class NameMissing(PersonNameError):
    """Nothing was entered."""

    code = "name_missing"


class NameTooLong(PersonNameError):
    """Longer than `limit` characters."""

    code = "name_too_long"


class NameCharacters(PersonNameError):
    """A digit, control character or invisible mark at `position` (from 1); `kind` says which."""

    code = "name_characters"


def parse(text: str) -> str:
    """The name as entered, without the blanks around it or the padding inside it. Raises a PersonNameError."""
    name = _unpadded(text.strip(_BLANKS))
    if not name:
        raise NameMissing()
    if len(name) > LONGEST:
        raise NameTooLong(length=len(name), limit=LONGEST)
    for position, character in enumerate(name, 1):
        category = unicodedata.category(character)
        if category == "Nd":
            raise NameCharacters(position=position, kind="digit")
        # Cf holds the marks that turn the direction of text; Cs halves of characters no database can keep.
        # Cn and Co pass: a new extension's character is "unassigned" to an older Python, and old systems
        # wrote rare characters in the private area.
        if category in {"Cc", "Cf", "Cs", "Zl", "Zp"} or character in "\ufffd\ufffe\uffff":
            raise NameCharacters(position=position, kind="control")
    return name


def _unpadded(name: str) -> str:
    """李　明 is 李明: rosters pad two characters to the width of three. Any other inner blank is left to the writer."""
    parts = re.split("[ \u00a0\u3000]+", name)
    is_padded = len(parts) in (2, 3) and all(
        len(part) == 1 and unicodedata.category(part) == "Lo" for part in parts
    )
    return "".join(parts) if is_padded else name


def fold(name: str) -> str:
    """The form in which two spellings of one name are equal: to compare and search with, never to show."""
    dotted = unicodedata.normalize("NFKC", name.translate(_FOLD_DOTS)).casefold()
    return "".join(c for c in dotted if not c.isspace() and unicodedata.category(c) != "Cf")


def same_name(one: str, other: str) -> bool:
    """Whether two texts are one name apart from blanks, widths, letter case and the middle dot's form."""
    return fold(one) == fold(other)


def has_inner_blank(name: str) -> bool:
    """Whether blanks stand between Chinese characters, as in 李　明 padded to the width of three."""
    return any(c.isspace() for c in name) and not any(c.isascii() and c.isalpha() for c in name)


def has_private_character(name: str) -> bool:
    """Whether a character lies in the private area: it looks different in each font, so may print wrong."""
    return any(unicodedata.category(c) == "Co" for c in name)


# Every blank of Unicode, and the invisible marks that copying from a web page leaves at either end.
_BLANKS = (
    " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
)
_BLANKS += "\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
