"""Words that a name on a certificate must not hold: they would disclose the holder's disability."""

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
)


def discloses_disability(name: str) -> bool:
    """Whether a name tells that its bearer works for people with disabilities only."""
    return any(word in name for word in DISCLOSING_WORDS)
