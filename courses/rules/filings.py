"""What a filing of a cohort (开班备案) must hold before it goes to the approver, task by task.

What is missing is a permanent code whose words are in courses/words.py. What only may be wrong never stands here: that
is a warning for the approver (queries/filing_warnings.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Task(StrEnum):
    """The tasks of a filing, in the order in which they are done; the value is stored with what was to be mended."""

    PARTICULARS = "particulars"
    TIMETABLE = "timetable"
    TRAINERS = "trainers"
    BUDGET = "budget"
    ORDERS = "orders"
    ROSTER = "roster"
    MASTERS = "masters"


class Status(StrEnum):
    """Where a task stands. What an approver wanted mended stays so until the task is saved again."""

    TO_DO = "to_do"
    MISSING = "missing"
    MEND = "mend"
    DONE = "done"


@dataclass(frozen=True)
class Filing:
    """What the tasks are judged by; hours in 课时."""

    has_venue: bool
    needs_venue: bool
    planned_trainees: int
    needs_placement: bool
    has_placement: bool
    needs_package: bool
    has_package: bool
    course_hours: int
    session_hours: int
    trainers: int
    budget_lines: int
    is_four_order: bool
    has_ordering_employer: bool
    has_trainee_choice: bool
    has_payer: bool
    trainees: int
    is_apprenticeship: bool
    without_master: int


@dataclass(frozen=True)
class Judged:
    """One task: its status, the codes of what is missing with their facts, what the approver wrote to it."""

    task: Task
    status: Status
    missing: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    to_mend: str = ""


def judge(filing: Filing, to_mend: Mapping[str, str]) -> list[Judged]:
    """Every task that this filing has, in order; those of one mode only where the cohort has that mode."""
    asked: dict[Task, list[tuple[str, dict[str, Any]]]] = {
        Task.PARTICULARS: _particulars(filing),
        Task.TIMETABLE: _timetable(filing),
        Task.TRAINERS: [] if filing.trainers else [("filing_no_trainer", {})],
        Task.BUDGET: [] if filing.budget_lines else [("filing_no_budget", {})],
    }
    if filing.is_four_order:
        asked[Task.ORDERS] = _orders(filing)
    asked[Task.ROSTER] = []  # trainees may join until the training begins
    if filing.is_apprenticeship:
        short = filing.without_master
        asked[Task.MASTERS] = [("filing_without_master", {"count": short})] if short else []
    return [_judged(filing, task, missing, to_mend.get(task, "")) for task, missing in asked.items()]


def missing(judged: list[Judged]) -> list[str]:
    """The codes of all that is missing: while there are any, the filing cannot be submitted."""
    return [code for one in judged for code, _facts in one.missing]


def next_task(judged: list[Judged]) -> Task | None:
    """The first task that still asks for something."""
    return next((one.task for one in judged if one.status in (Status.MISSING, Status.MEND)), None)


def _judged(filing: Filing, task: Task, missing: list[tuple[str, dict[str, Any]]], to_mend: str) -> Judged:
    if to_mend:
        status = Status.MEND
    elif missing:
        status = Status.MISSING
    elif task is Task.ROSTER and not filing.trainees:
        status = Status.TO_DO
    else:
        status = Status.DONE
    return Judged(task, status, tuple(missing), to_mend)


def _particulars(filing: Filing) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if not filing.planned_trainees:
        found.append(("filing_no_planned_trainees", {}))
    if filing.needs_venue and not filing.has_venue:
        found.append(("filing_no_venue", {}))
    if filing.needs_placement and not filing.has_placement:
        found.append(("filing_no_placement", {}))
    if filing.needs_package and not filing.has_package:
        found.append(("filing_no_package", {}))
    return found


def _timetable(filing: Filing) -> list[tuple[str, dict[str, Any]]]:
    if not filing.session_hours:
        return [("filing_no_timetable", {})]
    short = filing.course_hours - filing.session_hours
    return [("filing_hours_short", {"hours": short})] if short > 0 else []


def _orders(filing: Filing) -> list[tuple[str, dict[str, Any]]]:
    held = {
        "filing_no_ordering_employer": filing.has_ordering_employer,
        "filing_no_trainee_choice": filing.has_trainee_choice,
        "filing_no_payer": filing.has_payer,
    }
    return [(code, {}) for code, is_there in held.items() if not is_there]


_NUMBER = re.compile(r"\d+(?=\D*$)")


def next_name(name: str) -> str:
    """The name of the next run: its last number one higher, 第1期 becoming 第2期; without a number one is added."""
    found = _NUMBER.search(name)
    if found is None or len(found.group()) > 6:
        return f"{name}第2期"
    width = len(found.group())
    return f"{name[: found.start()]}{int(found.group()) + 1:0{width}d}{name[found.end() :]}"
