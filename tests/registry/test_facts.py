"""The figures above hear of changed people once for each write."""

from datetime import date, timedelta
from typing import Any

import pytest

from registry.facts import people_changed, told_once
from tests.conftest import TODAY

told: list[tuple[list[int], date]] = []


def listen(*, people: list[int], on: date) -> None:
    told.append((list(people), on))


@pytest.fixture(autouse=True)
def listening(settings: Any) -> None:
    told.clear()
    settings.FACT_LISTENERS = ["tests.registry.test_facts.listen"]


def test_what_is_made_of_several_writes_is_told_once_in_one_order() -> None:
    with told_once():
        people_changed(people={3, 1}, on=TODAY)
        with told_once():
            people_changed(people=[2, 3], on=TODAY)
        assert told == []
    assert told == [([1, 2, 3], TODAY)]


def test_each_day_is_told_by_itself_and_nobody_is_not_told() -> None:
    before = TODAY - timedelta(days=1)
    with told_once():
        people_changed(people=[1], on=TODAY)
        people_changed(people=[1], on=before)
        people_changed(people=[], on=TODAY)
    people_changed(people=[], on=TODAY)
    assert told == [([1], before), ([1], TODAY)]


def test_what_fails_tells_nothing_and_holds_nothing_back_afterwards() -> None:
    def fail() -> None:
        with told_once():
            people_changed(people=[1], on=TODAY)
            raise RuntimeError("full disk")

    with pytest.raises(RuntimeError, match="full disk"):
        fail()
    people_changed(people=[2], on=TODAY)
    assert told == [([2], TODAY)]
