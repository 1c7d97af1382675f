"""Refusals of `certificates`."""
