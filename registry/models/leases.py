"""Leases of background work: who is doing a named thing, and until when that is believed without a new sign of life."""

from django.db import models


class Lease(models.Model):
    """`name` is a beat's dotted name, `task:<id>`, or `worker:<holder>` for the worker itself."""

    name = models.CharField(max_length=120, unique=True)
    # "" when nobody holds it.
    holder = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField()
    # Of a beat: the moment it was last run for, to the end and without an error.
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.holder}"
