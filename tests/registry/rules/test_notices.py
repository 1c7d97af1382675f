"""How long a notice runs, and what it means for what it is about."""

from datetime import date

import pytest

from registry.rules.notices import NO_NOTICE, Stand, is_masked, judge, last_day

MONDAY, FRIDAY = date(2024, 6, 3), date(2024, 6, 7)


@pytest.mark.parametrize(
    ("starts_on", "days", "last"),
    [
        (MONDAY, 1, date(2024, 6, 4)),
        (MONDAY, 5, date(2024, 6, 10)),
        (MONDAY, 7, date(2024, 6, 12)),
        (FRIDAY, 1, date(2024, 6, 10)),
        (date(2024, 6, 8), 5, date(2024, 6, 14)),
    ],
)
def test_working_days_are_counted_from_the_day_after(starts_on, days, last):
    assert last_day(starts_on, days) == last


@pytest.mark.parametrize(
    ("on", "is_withdrawn", "is_objected", "stand"),
    [
        (date(2024, 6, 12), False, False, Stand.RUNNING),
        (date(2024, 6, 13), False, False, Stand.PASSED),
        (date(2024, 6, 13), False, True, Stand.OBJECTED),
        (date(2024, 6, 10), False, True, Stand.OBJECTED),
        (date(2024, 6, 13), True, True, Stand.OBJECTED),
        (date(2024, 6, 13), True, False, Stand.NONE),
    ],
)
def test_the_latest_notice_is_judged(on, is_withdrawn, is_objected, stand):
    held = judge(
        ends_on=date(2024, 6, 12), on=on, is_withdrawn=is_withdrawn, is_objected=is_objected, notice="n"
    )
    assert held.stand == stand
    assert held.has_passed == (stand is Stand.PASSED)
    assert held.lets_through(needed=True) == (stand is Stand.PASSED)
    assert held.lets_through(needed=False) == (stand in (Stand.PASSED, Stand.NONE))


def test_without_a_notice_only_what_needs_none_goes_on():
    assert NO_NOTICE.lets_through(needed=False)
    assert not NO_NOTICE.lets_through(needed=True)


def test_a_name_with_stars_is_a_persons():
    assert is_masked("张*")
    assert not is_masked("秦州区职业培训学校")
