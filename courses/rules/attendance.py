"""Marks of attendance, and which of them count as hours attended."""

COUNTS_AS_THERE = frozenset({"present", "late"})
"""Late counts as there; leave and absence do not."""

MARKS = ("present", "late", "leave", "absent")
