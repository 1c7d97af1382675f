"""Counters of attempts in a window of time: the memory of the rate limits."""

from django.db import models


class Throttle(models.Model):
    """How often something was tried by one source in one window; `key` is an HMAC, so no address is kept."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    hits = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="registry_throttle_window_once")
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.hits}"
