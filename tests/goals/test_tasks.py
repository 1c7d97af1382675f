"""The periodic work of the figures."""

from datetime import UTC, datetime, time, timedelta

import pytest

from goals import tasks
from goals.models import FigureDelta, FigureTotal, Tally
from tests.conftest import TODAY
from tests.goals.factories import a_member, a_period, certified, externally_certified

pytestmark = pytest.mark.django_db
AT = datetime.combine(TODAY, time(1), UTC)


def test_folding_carries_every_delta_up() -> None:
    a_period()
    certified(a_member())
    assert FigureDelta.objects.exists()
    tasks.fold_figures(at=AT)
    assert not FigureDelta.objects.exists()
    assert FigureTotal.objects.filter(cell="").count() == 4


def test_counting_what_dates_changed_makes_good_some_missed_nights() -> None:
    a_period()
    externally_certified(a_member(), valid_until=TODAY)
    assert Tally.objects.get().skills == 1
    tasks.count_what_dates_changed(at=AT + timedelta(days=6))
    assert Tally.objects.get().skills == 0
