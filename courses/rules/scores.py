"""Marks of the completion assessment, as people type them."""

import unicodedata
from decimal import Decimal, InvalidOperation

LOWEST, HIGHEST = Decimal(0), Decimal(100)


def parse(text: str) -> Decimal | None:
    """A score of 0 to 100 with at most one decimal; none for an empty text. Raises ValueError for anything else.

    Full-width digits and a trailing 分 are what people type into a Chinese keyboard or sheet.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip()
    if not plain:
        return None
    if not all(sign in "0123456789." for sign in plain):
        raise ValueError("not a number")
    try:
        return checked(Decimal(plain))
    except InvalidOperation:
        raise ValueError("not a number") from None


def checked(score: Decimal) -> Decimal:
    """The score itself. Raises ValueError when it is outside 0 to 100 or finer than a tenth."""
    if not score.is_finite() or not LOWEST <= score <= HIGHEST:
        raise ValueError("outside 0 to 100")
    tenths = score.quantize(Decimal("0.1"))
    if tenths != score:
        raise ValueError("finer than a tenth")
    return tenths
