"""Finds the numbers of persons in a text that others will read: citizen IDs, 残疾人证 numbers, mobile numbers."""

import re
import unicodedata

# Citizen IDs (15 or 18), 残疾人证 numbers (20 to 22) and mobile numbers.
NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx](?:\d{2}(?:[Bb]\d?)?)?|\d{15}|1[3-9]\d{9})(?![\dXx])")
# As people write them: 620502 1985 0315 0011, 138-1234-5678.
_GAPS = re.compile(r"(?<=\d)[\s\-·.]+(?=[\dXx])")


def holds_personal_number(text: str) -> bool:
    """Whether a text holds the number of a person or a phone, however its digits are grouped or widened."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(NUMBERS.search(plain) or NUMBERS.search(_GAPS.sub("", plain)))
