"""Refusals of `courses`."""
