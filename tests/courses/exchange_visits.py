"""Data exchange for the browser: what goes out, and how complete it is."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from courses.actions import population_figures
from registry.rules.access import SYSTEM
from tests.browser.visits import Visit
from tests.conftest import TODAY
from tests.courses.comparison_factories import a_comparison, a_file
from tests.courses.exchange_factories import an_export
from tests.courses.factories import a_completed_cohort
from tests.registry.factories import a_base, a_federation, a_region, an_account


def page(name: str, *args: str, post: Mapping[str, Any] | None = None, query: str = "") -> Visit:
    """A page of an officer of the city."""
    officer = an_account("federation_officer", a_federation("620500"))
    return Visit(officer, reverse(f"courses:{name}", args=args) + query, post)


def home() -> Visit:
    cohort = a_completed_cohort(a_base("620502"), people=2)
    an_export()
    an_export("cohort_roster", cohort=cohort, made=False)
    return page("exchange")


def of_cohort(post: Mapping[str, Any] | None = None) -> Visit:
    return page("export-cohort", a_completed_cohort(a_base("620502")).public_id, post=post)


def file(ledger: str, **values: Any) -> Visit:
    a_completed_cohort(a_base("620502"), people=3)
    return page("export-file", an_export(ledger, **values).public_id)


def rates(post: Mapping[str, Any] | None = None, *, with_figures: bool = True) -> Visit:
    """Two counties, one of them below the city's rate."""
    a_completed_cohort(a_base("620502"), people=3)
    a_region("620503")
    figures = {"620500": 5, "620502": 4, "620503": 3} if with_figures else {}
    for code, people in figures.items():
        population_figures.record(
            by=SYSTEM,
            on=TODAY,
            region=a_region(code),
            as_of=TODAY,
            people=people,
            document="2024年残疾人基础数据通报",
        )
    return page("entry-rates", post=post)


def comparison(query: str = "", post: Mapping[str, Any] | None = None, **values: Any) -> Visit:
    return page("comparison", a_comparison(**values).public_id, query=query, post=post)


def comparisons() -> Visit:
    a_comparison()
    a_comparison(a_file([["62050219850315001?", "张三", "", ""]]), partner="天水市民政局", run=False)
    return page("comparisons")


VISITS = {
    "courses:comparisons": comparisons,
    "courses:comparisons, none": lambda: page("comparisons"),
    "courses:new-comparison": lambda: page("new-comparison"),
    "courses:new-comparison, nothing filled in": lambda: page("new-comparison", post={}),
    "courses:comparison": comparison,
    "courses:comparison, unreadable": lambda: comparison("?state=unreadable"),
    "courses:comparison, choosing columns": lambda: comparison(run=False),
    "courses:comparison, no columns": lambda: comparison(run=False, post={}),
    "courses:export-comparison": lambda: page("export-comparison", a_comparison().public_id),
    "courses:exchange": home,
    "courses:exchange, nothing yet": lambda: page("exchange"),
    "courses:export-ledger": lambda: page("export-ledger", "national_system"),
    "courses:export-ledger, nothing filled in": lambda: page("export-ledger", "people", post={}),
    "courses:export-cohort": of_cohort,
    "courses:export-cohort, nothing filled in": lambda: of_cohort({}),
    "courses:export-file": lambda: file("national_system", year=2024, in_clear=["name", "citizen_id"]),
    "courses:export-file, being made": lambda: file("people", made=False),
    "courses:entry-rates": rates,
    "courses:entry-rates, no figures": lambda: rates(with_figures=False),
    "courses:entry-rates, nothing filled in": lambda: rates({}),
}
