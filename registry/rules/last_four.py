"""The last four signs of a citizen ID: what people prove who have no account."""

import hmac
import re
import unicodedata

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
