"""Check-in (签到): for some minutes of a session, trainees say themselves that they are there."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.attendance import Session
from registry.models.fields import PUBLIC_ID_SIGNS

CODE_DIGITS = 6


def new_token() -> str:
    """Eighty random bits: the address in the QR opens the page, so it must not be guessed."""
    return "".join(secrets.choice(PUBLIC_ID_SIGNS) for _ in range(16))


def new_code() -> str:
    """Six digits, said aloud in the room and typed by who cannot scan."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def open_at(self, at: datetime) -> "CheckInQuerySet":
        return self.filter(opened_at__lte=at, closes_at__gt=at)


class CheckIn(models.Model):
    """One window. Its code is taken away when it ends, so that it leads nowhere and may be given again."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="check_ins")
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    code = models.CharField(_("签到码"), max_length=CODE_DIGITS, null=True, unique=True)
    opened_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("结束时间"))
    # From then on who comes is late: decided when it opens, by the local standard of that day.
    late_from = models.DateTimeField(_("迟到起算时间"))
    opened_by = models.CharField(_("开启人"), max_length=50)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("opened_at")), name="courses_check_in_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return f"CheckIn {self.pk}"
