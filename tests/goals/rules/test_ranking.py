"""Units compared: rates, ranks that are shared, and who is below the line."""

from decimal import Decimal

from goals.rules import ranking


def compared(tasks, done, line=None):
    tasks = {unit: Decimal(task) for unit, task in tasks.items()}
    return ranking.compare(list(done), tasks, done, line=line and Decimal(line))


def test_gansus_own_example_comes_out_as_in_its_bulletin():
    assert ranking.rate(7982, Decimal(6000)) == Decimal("133.0")
    assert ranking.rate(334_101, Decimal(451_257)) == Decimal("74.0")


def test_equal_rates_share_a_rank_and_the_next_one_is_left_out():
    rows = compared({"a": 10, "b": 20, "c": 30, "d": 10}, {"a": 5, "b": 10, "c": 3, "d": 9})
    assert [(row.unit, row.rank) for row in rows] == [("d", 1), ("a", 2), ("b", 2), ("c", 4)]


def test_who_is_below_the_line_and_who_just_reaches_it():
    rows = compared({"a": 100, "b": 100, "c": 100}, {"a": 50, "b": 49, "c": 60}, line="50.0")
    assert {row.unit for row in rows if row.is_below} == {"b"}


def test_a_unit_without_a_task_has_no_rank_and_stands_last():
    rows = compared({"a": 10}, {"z": 400, "a": 1}, line="100.0")
    assert [(row.unit, row.rate, row.rank, row.is_below) for row in rows] == [
        ("a", Decimal("10.0"), 1, True),
        ("z", None, None, False),
    ]


def test_the_average_is_that_of_all_together_not_of_their_rates():
    assert ranking.average({"a": Decimal(10), "b": Decimal(90)}, {"a": 10, "b": 0, "c": 7}) == Decimal("10.0")
    assert ranking.average({}, {"a": 5}) is None
