"""Holders: people who open their own certificates without an account, and what they prove to do so."""

import hmac
import re
import unicodedata

from registry.rules.access import Actor

HOLDER = Actor(account_id=None, name="holder")
"""Whoever opened their own certificates, in the audit trail; it holds no role, so staff's doors stay shut."""

SKILLS_AIMED_AT = 2
"""门: every person is to have at least two (docs/domain.md §2.5)."""

_LAST_FOUR = re.compile(r"[0-9]{3}[0-9X]")


def parse_last_four(text: str) -> str:
    """The last four signs of a citizen ID as people type them: any width, a small x, blanks. "" for no such."""
    if len(text) > 40:
        return ""
    tidy = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return tidy if _LAST_FOUR.fullmatch(tidy) else ""


def ends_with(citizen_id: str, last_four: str) -> bool:
    """Whether the citizen ID ends so; takes as long for a near miss as for a far one."""
    return hmac.compare_digest(citizen_id[-4:].encode(), last_four.encode())
