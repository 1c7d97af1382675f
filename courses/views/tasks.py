"""The task list of a cohort: roster, attendance, results, outcomes, certificates, each with its status in words."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Cohort
from courses.queries.cohorts import Progress


@dataclass(frozen=True)
class Task:
    """One line; `kind` is that of the tag (docs/pages.md), `url` "" where there is no page to open."""

    label: str
    url: str
    kind: str
    status: str


def tasks(cohort: Cohort, progress: Progress, *, may_edit: bool, may_read_certificates: bool) -> list[Task]:
    """Who may not load a roster reads it instead; who may not read certificates, how far they are."""
    roster = "courses:roster" if may_edit else "courses:trainees"
    return [
        Task(_("名单"), _url(roster, cohort), *_roster(progress)),
        Task(_("课程安排和考勤"), _url("courses:attendance", cohort), *_attendance(progress)),
        Task(_("考核"), _url("courses:exams", cohort), *_exams(progress)),
        Task(_("成绩"), _url("courses:results", cohort), *_results(cohort, progress)),
        Task(_("结果"), _url("courses:outcomes", cohort), *_outcomes(cohort, progress)),
        Task(
            _("本班证书"),
            _url("certificates:cohort", cohort) if may_read_certificates else "",
            *_certificates(cohort, progress),
        ),
        Task(_("就业"), _url("courses:cohort-employment", cohort), *_employment(cohort)),
    ]


def _url(name: str, cohort: Cohort) -> str:
    try:
        return reverse(name, args=[cohort.public_id])
    except NoReverseMatch:
        return ""


def _roster(progress: Progress) -> tuple[str, str]:
    if not progress.trainees:
        return "warn", _("还没有学员")
    return "good", ngettext("%(n)s 名学员", "%(n)s 名学员", progress.trainees) % {"n": progress.trainees}


def _attendance(progress: Progress) -> tuple[str, str]:
    if not progress.sessions:
        return "warn", _("还没有安排课次")
    if progress.hours_missing:
        return "warn", _("课次还差 %(n)s 课时") % {"n": progress.hours_missing}
    counts = {"done": progress.sessions_recorded, "all": progress.sessions}
    kind = "good" if progress.sessions_recorded == progress.sessions else "info"
    return kind, _("已登记 %(done)s 节，共 %(all)s 节") % counts


def _exams(progress: Progress) -> tuple[str, str]:
    if not progress.exams:
        return "plain", _("没有单独安排")
    if progress.exams_open:
        return "info", _("等待考评员提交 %(n)s 场") % {"n": progress.exams_open}
    return "good", _("已提交 %(n)s 场") % {"n": progress.exams}


def _results(cohort: Cohort, progress: Progress) -> tuple[str, str]:
    if not progress.scored and cohort.state not in ("assessing", "completed", "closed"):
        return "plain", _("进入考核后登记")
    kind = "good" if progress.scored == progress.trainees else "warn"
    return kind, _("已登记 %(done)s 人，共 %(all)s 人") % {"done": progress.scored, "all": progress.trainees}


def _outcomes(cohort: Cohort, progress: Progress) -> tuple[str, str]:
    if progress.completed + progress.failed == 0:
        waiting = cohort.state == "assessing"
        return ("warn", _("等待判定")) if waiting else ("plain", _("进入考核后判定"))
    if progress.undecided:
        return "warn", _("还有 %(n)s 人没有判定") % {"n": progress.undecided}
    counts = {"completed": progress.completed, "failed": progress.failed}
    return "good", _("结业 %(completed)s 人，未合格 %(failed)s 人") % counts


def _certificates(cohort: Cohort, progress: Progress) -> tuple[str, str]:
    if cohort.state not in ("completed", "closed"):
        return "plain", _("结业后发放")
    if not progress.completed:
        return "plain", _("没有结业学员")
    return "info", _("可以发放和打印")


def _employment(cohort: Cohort) -> tuple[str, str]:
    if cohort.state not in ("completed", "closed"):
        return "plain", _("学员就业后登记")
    return "info", _("可以登记就业")
