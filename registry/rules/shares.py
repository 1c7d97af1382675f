"""Parts of a whole as people read them."""

from decimal import ROUND_DOWN, Decimal

TENTH = Decimal("0.1")


def percent(part: int, whole: int) -> Decimal:
    """Percent with one decimal, rounded down so that 100.0 means everybody; 0 where the whole is empty."""
    if whole <= 0:
        return Decimal("0.0")
    return (Decimal(part) * 100 / whole).quantize(TENTH, rounding=ROUND_DOWN)
