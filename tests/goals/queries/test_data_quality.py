"""Units are compared in a fixed number of queries, and the lists find what is to be mended."""

from datetime import timedelta

import pytest

from courses.models import RosterImport
from goals.queries import data_quality as queries
from goals.queries import figures
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.employment_factories import a_spell
from tests.courses.factories import a_cohort
from tests.goals.factories import a_member, a_period
from tests.registry.factories import a_base, a_region

pytestmark = pytest.mark.django_db


def refused(region: str, rows: int, bad: int) -> None:
    """A roster of a class of the region, as reading left it."""
    cohort = a_cohort(a_base(region))
    RosterImport.objects.create(
        cohort=cohort,
        file_name="名单.xlsx",
        digest="0" * 64,
        uploaded_by="—",
        rows_read=rows,
        rows_refused=bad,
    )


def test_the_unit_that_lacks_most_comes_first(django_assert_num_queries):
    period = a_period()
    refused("620502", 10, 1)
    refused("620503", 10, 5)
    city = a_region("620500")
    with django_assert_num_queries(6):
        whole, below = queries.of_region(city, period, on=TODAY)
    assert [unit.region.code for unit in below] == ["620503", "620502"]
    mark = whole.marks.by_key["validation_failure_rate"]
    assert (mark.numerator, mark.denominator) == (6, 20)


def test_the_lists_say_what_is_missing_and_what_is_not_shown():
    period = a_period()
    person = a_member(1, "620502")
    late = a_spell(person, started_on=TODAY - timedelta(days=60), on=TODAY)
    region = a_region("620502")
    [tally] = queries.incomplete(SYSTEM, region, period)
    assert "education" in queries.missing([tally.person])[person.pk]
    assert "need" not in queries.missing([tally.person])[person.pk]
    [job] = queries.doubtful_jobs(SYSTEM, region, period)
    assert (job.pk, job.is_shown, job.is_late) == (late.pk, False, True)


def test_a_region_above_lists_its_own_people_only_and_counts_the_others_from_the_figures():
    period = a_period()
    person = a_member(1, "620502")
    a_spell(person, started_on=TODAY - timedelta(days=60), on=TODAY)
    city = a_region("620500")
    assert not queries.incomplete(SYSTEM, city, period).exists()
    assert not queries.doubtful_jobs(SYSTEM, city, period).exists()
    [(county, counts)] = figures.of_region(city, period, on=TODAY).below
    assert (county.code, queries.lacking(counts)) == ("620502", (1, 1, 1))
