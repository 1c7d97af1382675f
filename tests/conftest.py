"""What every test may ask for. Factories in `tests/<app>/factories.py` build rows by calling actions."""

from datetime import date

import pytest

TODAY = date(2024, 6, 3)


@pytest.fixture
def today() -> date:
    """The day on which tests happen, passed to every action: no test depends on the clock."""
    return TODAY
