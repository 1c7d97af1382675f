"""Small cells are not shown, and cannot be worked out from what is."""

from random import Random

import pytest

from registry.rules.suppression import LEAST, join, may_show_share, may_show_total, nest, shown


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (4, None), (5, 5), (100, 100)])
def test_one_to_four_are_not_shown(count, told):
    assert shown(count) == told


@pytest.mark.parametrize(
    ("part", "whole", "may"),
    [
        (5, 10, True),
        (10, 10, True),
        (0, 5, True),
        (6, 10, False),
        (4, 20, False),
        (16, 20, False),
        (4, 4, False),
    ],
)
def test_a_share_tells_neither_a_few_nor_all_but_a_few(part, whole, may):
    assert may_show_share(part, whole) == may


def test_a_total_beside_hidden_rows_tells_a_few_only_if_they_are_five_together():
    assert may_show_total([])
    assert not may_show_total([3])
    assert may_show_total([3, 2])


def test_small_units_are_joined_in_order_and_the_rest_waits():
    assert join([(1, 7), (2, 3), (3, 2), (4, 1)]) == ([1, 2, 3], [(4, 1)])
    assert join([(1, 4)]) == ([], [(1, 4)])
    assert join([]) == ([], [])


def test_what_comes_later_never_changes_the_blocks_that_are_there():
    random = Random(7)  # no secrets
    for _round in range(200):
        units = [(key, random.randrange(0, 9)) for key in range(12)]
        for length in range(12):
            before, after = set(join(units[:length])[0]), set(join(units)[0])
            assert before <= after
            grown = sum(count for key, count in units if key in after - before)
            assert grown == 0 or grown >= LEAST


def test_the_total_less_any_of_its_groups_is_never_about_a_few():
    random = Random(11)  # no secrets
    for _round in range(300):
        keys = iter(range(99))
        groups = [
            [(next(keys), random.randrange(1, 9)) for _n in range(random.randrange(0, 5))] for _g in range(4)
        ]
        counts = {key: count for group in groups for key, count in group}
        each, total, waiting = nest(groups)
        assert sorted([*total, *(key for key, _count in waiting)]) == sorted(counts)
        for number in range(1 << len(each)):
            away = {key for bit, group in enumerate(each) if number >> bit & 1 for key in group}
            left = sum(counts[key] for key in set(total) - away)
            assert left == 0 or left >= LEAST
