"""Every kind of write that a figure rests on, as steps in the world of tests/goals/world.py.

Each calls the action that the site calls; tests/goals/actions/test_counts_are_exact.py says what each is given.
"""

from tests.goals.steps import care, people, time, training, work

__all__ = ["care", "people", "time", "training", "work"]
