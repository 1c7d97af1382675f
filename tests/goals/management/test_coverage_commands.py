"""The commands that look after the counts: fold, recount, the daily beat."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from goals.models import CoverageDelta, CoverageTotal, PopulationMember
from registry.actions import throttles
from registry.models import Throttle
from tests.conftest import TODAY
from tests.goals.factories import a_member, a_period, certified, externally_certified
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


def said_by(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_fold_says_how_much_it_folded() -> None:
    a_period()
    certified(a_member())
    assert said_by("fold_coverage") == "deltas folded: 2\n"
    assert not CoverageDelta.objects.exists()
    assert CoverageTotal.objects.count() == 4


def test_a_recount_that_agrees_says_so() -> None:
    a_period()
    certified(a_member())
    assert said_by("recount_coverage", "--check") == "1 people recounted: everything agrees\n"


def test_a_check_fails_and_says_where_and_a_recount_mends_it() -> None:
    a_period()
    certified(a_member())
    call_command("fold_coverage", stdout=StringIO())
    CoverageTotal.objects.filter(region=a_region("620500")).update(people=7)
    PopulationMember.objects.update(skills=0)
    out = StringIO()
    with pytest.raises(CommandError, match="without --check"):
        call_command("recount_coverage", "--check", stdout=out)
    assert "2022–2024 620502: 1 people counted wrong" in out.getvalue()
    assert "2022–2024 620500: people, one skill, two skills are kept as (7, 1, 0)" in out.getvalue()
    assert "Mended." in said_by("recount_coverage")
    assert "everything agrees" in said_by("recount_coverage", "--check")


def test_the_daily_beat_makes_good_some_missed_nights() -> None:
    a_period()
    externally_certified(a_member(), valid_until=TODAY)
    assert PopulationMember.objects.get().skills == 1
    late = TODAY + timedelta(days=6)
    assert "people counted afresh: 1\n" in said_by("beat_daily", "--on", late.isoformat())
    assert PopulationMember.objects.get().skills == 0


def test_the_daily_beat_forgets_the_rate_limits_of_yesterday() -> None:
    now = timezone.now()
    for at in (now - timedelta(days=2), now):
        throttles.hit(purpose="look-up", source="192.0.2.1", limit=5, seconds=60, at=at)
    assert "spent rate limits forgotten: 1\n" in said_by("beat_daily")
    assert Throttle.objects.count() == 1
