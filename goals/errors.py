"""Refusals of `goals`."""
