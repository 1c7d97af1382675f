"""No page is forgotten: whoever adds a URL adds a visit of it, or says that it is no page."""

from django.urls import get_resolver

from tests.access import names
from tests.browser.visits import NO_PAGES, every_visit, url_name

VISITED = {name for visit in every_visit() if (name := url_name(visit))}
OTHERS = set().union(*NO_PAGES.values())


def pages() -> set[str]:
    return {name for name in names(get_resolver().url_patterns) if not name.startswith("api:")}


def test_every_page_of_the_site_is_visited_in_the_browser() -> None:
    assert pages() - VISITED - OTHERS == set()


def test_what_is_listed_exists_and_is_listed_once() -> None:
    assert (VISITED | OTHERS) - pages() == set()
    assert not VISITED & OTHERS
