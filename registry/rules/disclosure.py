"""Words that a name on a certificate must not hold: they would disclose the holder's disability."""

import re
import unicodedata

# 个人信息保护法 §28: disability is sensitive; whoever sees the certificate must not learn of it.
DISCLOSING_WORDS = (
    "残疾",
    "残联",
    "残障",
    "殘疾",
    "殘聯",
    "殘障",
    "盲人",
    "盲校",
    "聋",
    "聾",
    "哑",
    "啞",
    "智障",
    "视障",
    "視障",
    "听障",
    "聽障",
    "肢残",
    "肢殘",
)

# Whole words, so that window blinds stay a trade; a Chinese character beside a word does not hide it.
_ENGLISH = re.compile(
    r"(?<![a-z])(?:blind(?:ness)?|deaf(?:ness)?|disabled|disabilit(?:y|ies)|handicap(?:ped)?)(?![a-z])",
    re.IGNORECASE,
)


def disclosing_word(name: str) -> str:
    """The word that tells that the bearer of this name works for people with disabilities only, or ""."""
    # As it is read, not as it is written: 盲　人 and ｂｌｉｎｄ say the same as without blanks and widths.
    plain = unicodedata.normalize("NFKC", name)
    found = _ENGLISH.search(plain)
    together = "".join(plain.split())
    return next((word for word in DISCLOSING_WORDS if word in together), found[0] if found else "")


def discloses_disability(name: str) -> bool:
    """Whether a name tells that its bearer works for people with disabilities only."""
    return bool(disclosing_word(name))
