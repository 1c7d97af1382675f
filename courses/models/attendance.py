"""Sessions of a cohort and who was there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort
from courses.models.enrolments import Enrolment
from courses.models.trainers import Trainer


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
    # Optional: a session is known by its day and part of the day; the hours of the clock only tell what overlaps.
    starts_at = models.TimeField(_("开始时间"), null=True, blank=True)
    ends_at = models.TimeField(_("结束时间"), null=True, blank=True)
    trainer = models.ForeignKey(
        Trainer, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("培训教师")
    )
    room = models.CharField(_("教室"), max_length=40, blank=True)
    # 补课: for those who missed that session; its hours stand in for theirs (queries/hours.py).
    makes_up = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="make_ups", verbose_name=_("补哪一节课")
    )

    class Meta:
        ordering = ["on", "part"]
        indexes = [models.Index(fields=["trainer", "on"], name="courses_session_trainer_day")]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "on", "part"], name="courses_session_once"),
            # More than 12 课时 (9 hours) a day in one session is a typing error.
            models.CheckConstraint(condition=Q(hours__range=(1, 12)), name="courses_session_hours_1_to_12"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="courses_session_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.part}"


class Presence(models.TextChoices):
    PRESENT = "present", _("出勤")
    LATE = "late", _("迟到")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("缺勤")


class RecordedHow(models.TextChoices):
    """How a mark came: set in the page, read from a sheet, sent by a programme, or by the trainee's own check-in."""

    PAGE = "page", _("网页")
    SHEET = "sheet", _("表格")
    API = "api", _("接口")
    CHECK_IN = "check_in", _("签到")


class Attendance(models.Model):
    """One trainee at one session; late counts as there, leave and absence do not."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendances")
    presence = models.CharField(_("考勤"), max_length=8, choices=Presence.choices)
    # When the first mark was written; correcting it leaves this. None in records of before this was kept.
    recorded_on = models.DateField(_("登记日期"), null=True, editable=False)
    how = models.CharField(_("登记方式"), max_length=8, choices=RecordedHow.choices, default=RecordedHow.PAGE)
    # When the trainee checked in; it stays when a trainer corrects the mark.
    checked_in_at = models.DateTimeField(_("签到时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="courses_attendance_once")
        ]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"
