"""Parts of a whole as people read them."""

from decimal import Decimal

from registry.rules.shares import percent


def test_only_everybody_is_a_hundred_percent() -> None:
    assert percent(1999, 2000) == Decimal("99.9")
    assert percent(2000, 2000) == Decimal("100.0")


def test_a_share_of_nobody_is_nothing() -> None:
    assert percent(0, 0) == Decimal("0.0")
