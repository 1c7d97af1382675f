"""Periodic work: on time, by one worker, and again after an error."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from registry.actions import beats, leases
from registry.actions.beats import AGAIN, begin_of_slot, run_next
from tests.registry import work_to_do

pytestmark = pytest.mark.django_db
BEAT, BROKEN = "tests.registry.work_to_do.beat", "tests.registry.work_to_do.broken_beat"
AT = datetime(2024, 6, 3, 15, 59, 30, tzinfo=UTC)  # half a minute before midnight in China
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def nothing_called() -> None:
    work_to_do.CALLED.clear()


def test_a_slot_begins_on_the_local_clock() -> None:
    assert begin_of_slot(AT, 24 * 3600) == datetime(2024, 6, 2, 16, tzinfo=UTC)
    assert begin_of_slot(AT, 3600) == datetime(2024, 6, 3, 15, tzinfo=UTC)
    assert begin_of_slot(AT + 0.5 * SECOND, 20) == AT - 10 * SECOND


def test_a_daily_beat_runs_at_once_and_then_after_midnight(settings: Any) -> None:
    settings.BEATS = [(BEAT, 24 * 3600)]
    ran = [bool(run_next(holder="one", at=AT + SECOND * s)) for s in (0, 1, 29, 30, 31, 3600)]
    assert ran == [True, False, False, True, False, False]
    assert [AT, AT + 30 * SECOND] == work_to_do.CALLED


def test_two_workers_run_a_beat_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BEATS = [(BEAT, 60)]

    def the_other_worker_asks_meanwhile(*, at: datetime) -> None:
        work_to_do.CALLED.append(at)
        assert run_next(holder="two", at=at + SECOND) == ""

    monkeypatch.setattr(work_to_do, "beat", the_other_worker_asks_meanwhile)
    assert run_next(holder="one", at=AT) == BEAT
    assert run_next(holder="two", at=AT + SECOND) == ""
    assert [AT] == work_to_do.CALLED


def test_a_beat_cut_off_by_a_kill_is_run_by_the_next_worker(settings: Any) -> None:
    settings.BEATS = [(BEAT, 24 * 3600)]
    assert leases.take(name=BEAT, holder="killed", at=AT - 2 * leases.LASTS)
    assert run_next(holder="two", at=AT) == BEAT


def test_a_broken_beat_is_told_without_its_message_holds_up_no_other_and_comes_again(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BEATS = [(BROKEN, 24 * 3600), (BEAT, 24 * 3600)]
    assert run_next(holder="one", at=AT) == BROKEN
    assert run_next(holder="one", at=AT) == BEAT
    assert run_next(holder="one", at=AT + SECOND) == ""
    assert BROKEN in caplog.text
    assert "must not be told" not in caplog.text
    settings.BEATS = [(BROKEN, 24 * 3600)]
    assert run_next(holder="two", at=AT + AGAIN - SECOND) == ""
    assert run_next(holder="two", at=AT + AGAIN) == BROKEN


def test_every_beat_of_the_settings_runs(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    ran = [run_next(holder="one", at=AT) for _ in settings.BEATS]
    assert ran == [name for name, _seconds in settings.BEATS]
    assert beats.run_next(holder="one", at=AT) == ""
    assert caplog.text == ""
