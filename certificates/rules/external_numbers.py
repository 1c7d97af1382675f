"""Does the number of someone else's certificate look as its family's numbers do? A doubt warns, never stops.

The forms were read in secondary sources (docs/domain.md §4.2), and some places have their own (Shanghai: 13
digits). The province digits of a 职业资格证书 follow the labour ministry's own table, so they are not
compared with ours.
"""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s\-–—·.]")

_QUALIFICATION = re.compile(r"\d{16}|\d{13}", re.ASCII)  # level 5…1 is the 11th of 16 digits
_SKILL_LEVEL = re.compile(
    r"[YS]\d{21}", re.ASCII
)  # Y employer, S evaluation body; level is the 16th character
_SKILL_LEVEL_SPECIAL = re.compile(r"[A-Z]{2}\d{20}", re.ASCII)  # 特级技师


def tidy(number: str) -> str:
    """The number as it is stored: half-width capitals without blanks and dashes."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", number)).upper()


def doubts(family: str, number: str, *, level: int = 0) -> list[str]:
    """What looks wrong about a tidied number: `number_form_<family>`, or `number_level` when the level digit
    is not the level given (0: none was)."""
    written = ""
    if family == "qualification":
        if not _QUALIFICATION.fullmatch(number):
            return ["number_form_qualification"]
        written = number[10] if len(number) == 16 else ""
    elif family == "skill_level":
        if _SKILL_LEVEL.fullmatch(number):
            written = number[15]
        elif not _SKILL_LEVEL_SPECIAL.fullmatch(number):
            return ["number_form_skill_level"]
    return ["number_level"] if level and written and written != str(level) else []
