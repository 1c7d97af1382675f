"""What every test may ask for. Factories in `tests/<app>/factories.py` build rows by calling actions."""

from datetime import date
from typing import Any

import pytest

# One browser for the whole run: Playwright starts only once in a process.
pytest_plugins = ["tests.browser.fixtures"]

TODAY = date(2024, 6, 3)


@pytest.fixture
def today() -> date:
    """The day on which tests happen, passed to every action: no test depends on the clock."""
    return TODAY


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-tests",
        action="store_true",
        help="only tests that use the database and no browser: for the second run, on PostgreSQL",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    if config.getoption("--database-tests"):
        uses_database = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
        kept = [
            item
            for item in items
            if (item.get_closest_marker("django_db") or uses_database & set(item.fixturenames))
            and not item.get_closest_marker("browser")
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
