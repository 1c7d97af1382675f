"""Sessions of a cohort and who was there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort
from courses.models.enrolments import Enrolment


class SessionKind(models.TextChoices):
    THEORY = "theory", _("理论")
    PRACTICE = "practice", _("实操")
    ONLINE = "online", _("线上")


class Session(models.Model):
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions")
    on = models.DateField(_("日期"))
    part = models.PositiveSmallIntegerField(_("当日第几节"), default=1)
    kind = models.CharField(
        _("类型"), max_length=10, choices=SessionKind.choices, default=SessionKind.PRACTICE
    )
    hours = models.PositiveSmallIntegerField(_("课时"))
    topic = models.CharField(_("内容"), max_length=80, blank=True)

    class Meta:
        ordering = ["on", "part"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "on", "part"], name="courses_session_once"),
            # More than 12 课时 (9 hours) a day in one session is a typing error.
            models.CheckConstraint(condition=Q(hours__range=(1, 12)), name="courses_session_hours_1_to_12"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.part}"


class Presence(models.TextChoices):
    PRESENT = "present", _("出勤")
    LATE = "late", _("迟到")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("缺勤")


class Attendance(models.Model):
    """One trainee at one session; late counts as there, leave and absence do not."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendances")
    presence = models.CharField(_("考勤"), max_length=8, choices=Presence.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="courses_attendance_once")
        ]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"
