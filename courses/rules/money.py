"""Amounts of money in 元, as the columns hold them: twelve digits, of them two decimals."""

from decimal import Decimal

MOST = Decimal("9999999999.99")


def is_money(amount: Decimal) -> bool:
    """Whether it is 0 or more, with at most two decimals, and fits the columns."""
    if not amount.is_finite() or not 0 <= amount <= MOST:
        return False
    return amount == amount.quantize(Decimal("0.01"))
