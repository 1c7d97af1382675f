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


# What asks the database nothing that actions, queries and the API do not ask: the same code on either.
# Each page still meets PostgreSQL in tests/test_hostile_input.py, with whatever its forms can be sent.
ONCE = {
    "views",
    "faces",
    "test_access_matrix.py",
    "test_crawl.py",
    "test_pages.py",
    "test_public_pages.py",
    "test_words.py",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-tests",
        action="store_true",
        help="only tests whose answer may depend on the database: for the second run, on PostgreSQL",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    if config.getoption("--database-tests"):
        kept = [item for item in items if depends_on_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def depends_on_database(item: Any) -> bool:
    """It writes at the same time as others, or uses the database and is not among what is the same on each."""
    if item.get_closest_marker("browser"):
        return False
    mark = item.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(
        item.fixturenames
    ):
        return True
    return bool(mark or "db" in item.fixturenames) and ONCE.isdisjoint(item.path.parts)
