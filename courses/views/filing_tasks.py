"""The task list of a filing (开班备案): each task with its page, its status in words, and what is missing."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import Cohort, CohortMove
from courses.queries.filings import judged
from courses.rules.cohorts import EDITABLE
from courses.rules.filings import Judged, Status, Task, next_task
from registry import words

LABELS = {
    Task.PARTICULARS: gettext_lazy("班级资料"),
    Task.TIMETABLE: gettext_lazy("课程安排"),
    Task.TRAINERS: gettext_lazy("教师"),
    Task.BUDGET: gettext_lazy("预算和资金"),
    Task.ORDERS: gettext_lazy("四单"),
    Task.ROSTER: gettext_lazy("名单"),
    Task.MASTERS: gettext_lazy("师傅和学徒"),
}

PAGES = {
    Task.PARTICULARS: "courses:edit-cohort",
    Task.TIMETABLE: "courses:sessions",
    Task.TRAINERS: "courses:cohort-trainers",
    Task.BUDGET: "courses:budget",
    Task.ORDERS: "courses:orders",
    Task.ROSTER: "courses:roster",
    Task.MASTERS: "courses:masters",
}

KINDS = {Status.DONE: "good", Status.MEND: "bad", Status.MISSING: "warn", Status.TO_DO: "plain"}


@dataclass(frozen=True)
class FilingTask:
    """One line of the list; `kind` is that of the tag (docs/pages.md)."""

    key: str
    label: str
    url: str
    kind: str
    status: str
    missing: list[str]
    to_mend: str


def filing_tasks(cohort: Cohort, found: list[Judged]) -> list[FilingTask]:
    """Every task of the filing, in order."""
    return [
        FilingTask(
            one.task.value,
            str(LABELS[one.task]),
            reverse(PAGES[one.task], args=[cohort.public_id]),
            KINDS[one.status],
            _status(one),
            [words.say(code, facts) for code, facts in one.missing],
            one.to_mend,
        )
        for one in found
    ]


def _status(one: Judged) -> str:
    if one.status is Status.MISSING:
        return ngettext("还缺 %(n)s 项", "还缺 %(n)s 项", len(one.missing)) % {"n": len(one.missing)}
    return {
        Status.DONE: _("已完成"),
        Status.MEND: _("需要修改"),
        Status.TO_DO: _("还没有学员，批准后也可以增加"),
    }[one.status]


def history(cohort: Cohort) -> list[tuple[CohortMove, list[tuple[str, str]]]]:
    """Every move of the cohort, the first one first, with what was to be mended by task."""
    return [
        (move, [(str(LABELS[Task(task)]), text) for task, text in move.task_reasons.items()])
        for move in cohort.moves.all()
    ]


def next_step(cohort: Cohort) -> tuple[str, str]:
    """Where the filing goes on, as (label, address): the first task that lacks something, else the check."""
    now = Cohort.objects.select_related("course").get(pk=cohort.pk)  # as it was just saved
    task = next_task(judged(now))
    if task is None:
        return _("核对并提交"), reverse("courses:filing", args=[cohort.public_id])
    return str(LABELS[task]), reverse(PAGES[task], args=[cohort.public_id])


def onward(cohort: Cohort, page: str) -> str:
    """Where a task that was saved leads: on with the filing while the base works on it, else to this page of the cohort."""
    if cohort.state in EDITABLE:
        return next_step(cohort)[1]
    return reverse(page, args=[cohort.public_id])
