"""Correcting a cohort's certificates from a workbook: download, fill in, upload, preview, go on with the good rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import changes, corrections, effects
from certificates.models import Certificate
from certificates.proof import codes
from certificates.queries import corrections as queries
from certificates.queries.corrections import Row, printed_of
from certificates.queries.policies import policy_for
from certificates.rules import changes as rules
from certificates.rules.changes import Kind
from certificates.rules.corrections import FIELDS
from certificates.views import waiting
from certificates.views.corrections import LABELS, lines
from courses.models import Cohort
from courses.views.sheets import UploadForm, odd_words, uploaded, workbook
from registry import words
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.views import refusals

_CELL = re.compile(r"cell-([0-9a-z]{12})-(" + "|".join(FIELDS) + ")")
_ROW = re.compile(r"row-([0-9a-z]{12})")
LONGEST_CELL = 200
"""Characters kept of a cell; every field's own limit lies below it."""


@dataclass
class Preview:
    """The rows in words: those that will be replaced, those to mend, those that cannot be corrected now."""

    ready: list[dict[str, Any]] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)
    refused: list[tuple[Row, str]] = field(default_factory=list)
    unchanged: int = 0
    sent: list[tuple[str, str]] = field(default_factory=list)
    """Hidden fields: what was typed and stands."""
    errors: list[tuple[str, str]] = field(default_factory=list)


@require_safe
def sheet(request: ActorRequest, public_id: str) -> HttpResponse:
    """The certificates in force as a sheet; it holds names, so whoever corrects may have it."""
    cohort = _cohort(request, public_id)
    title = _now("%(cohort)s更正证书") % {"cohort": cohort.name}
    return workbook(queries.sheet(cohort), title)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: ActorRequest, public_id: str) -> HttpResponse:
    """A POST brings a file, or the cells of the preview: `do` is "check" or "confirm"."""
    cohort = _cohort(request, public_id)
    if request.method != "POST":
        return _upload(request, cohort, UploadForm())
    if "do" in request.POST:
        rows, numbers = queries.rows(cohort, _typed(request), on=today()), _numbers(request)
        if request.POST["do"] == "confirm" and any(row.is_ready for row in rows):
            return _confirm(request, cohort, rows, numbers)
        return _preview(request, cohort, rows, numbers)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.shown_on(form), uploaded(form) as (data, file_name):
            found = queries.read_sheet(cohort, data=data, file_name=file_name)
            rows = queries.rows(cohort, found.typed, on=today())
            return _preview(request, cohort, rows, found.numbers, odd=odd_words(found.odd))
    return _upload(request, cohort, form)


def _confirm(
    request: ActorRequest, cohort: Cohort, rows: Sequence[Row], numbers: Mapping[str, int]
) -> HttpResponse:
    """The good rows go on; bad ones come back to be mended."""
    at = timezone.now()
    change = corrections.correct_many(by=request.actor, at=at, cohort=cohort, rows=rows)
    effects.begin(change, at=at)
    messages.success(request, waiting.sentence(change))
    left = [row for row in rows if row.is_refused]
    if left:
        return _preview(request, cohort, left, numbers, done=change.public_id)
    return redirect("certificates:change", public_id=change.public_id)


def _typed(request: ActorRequest) -> dict[str, dict[str, str]]:
    typed: dict[str, dict[str, str]] = {}
    for name, value in request.POST.items():
        if match := _CELL.fullmatch(name):
            typed.setdefault(match[1], {})[match[2]] = str(value)[:LONGEST_CELL]
    return typed


def _numbers(request: ActorRequest) -> dict[str, int]:
    """Where each row stood in the sheet, by the certificate's public id."""
    found = ((_ROW.fullmatch(name), value) for name, value in request.POST.items())
    return {
        match[1]: int(str(value))
        for match, value in found
        if match and re.fullmatch("[0-9]{1,6}", str(value))
    }


def _cohort(request: ActorRequest, public_id: str) -> Cohort:
    seen = Cohort.objects.visible_to(request.actor).select_related("base__region")
    cohort = one(seen, public_id=public_id)
    changes.require_may_ask(request.actor, Kind.CORRECT, cohort.base)
    return cohort


def _upload(request: ActorRequest, cohort: Cohort, form: UploadForm) -> HttpResponse:
    context = {"cohort": cohort, "form": form}
    return render(
        request, "certificates/corrections/upload.html", context, status=422 if form.errors else 200
    )


def _preview(
    request: ActorRequest,
    cohort: Cohort,
    rows: Sequence[Row],
    numbers: Mapping[str, int],
    *,
    odd: Sequence[str] = (),
    done: str = "",
) -> HttpResponse:
    preview = _in_words(rows, numbers)
    policy = policy_for(cohort.base)
    context = {
        "cohort": cohort,
        "preview": preview,
        "odd": odd,
        "done": done,
        "errors": preview.errors,
        "needs_second": rules.needs_second_person(policy, Kind.CORRECT, is_bulk=True),
        "minutes": policy.undo_minutes,
    }
    return render(
        request, "certificates/corrections/preview.html", context, status=422 if preview.errors else 200
    )


def _in_words(rows: Sequence[Row], numbers: Mapping[str, int]) -> Preview:
    preview = Preview()
    for row in rows:
        held = row.certificate
        compared = [line for line in lines(printed_of(held), row.reading.changed) if line["differs"]]
        if row.is_refused and row.refusal:
            preview.refused.append((row, words.say(row.refusal.code, row.refusal.facts)))
            continue
        if not row.is_ready and not row.is_refused:
            preview.unchanged += 1
            continue
        cells = []
        where = _where(held, numbers)
        if held.public_id in numbers:
            preview.sent.append((f"row-{held.public_id}", str(numbers[held.public_id])))
        for name in FIELDS:
            id_ = f"cell-{held.public_id}-{name}"
            if problem := row.reading.problems.get(name):
                sentence = words.say(problem.code, dict(problem.facts))
                text = row.typed.get(name) or str(getattr(held, name))
                label = _now("%(where)s %(column)s") % {"where": where, "column": LABELS[name]}
                cells.append({"id": id_, "label": label, "text": text, "sentence": sentence})
                preview.errors.append(
                    (id_, _now("%(where)s：%(message)s") % {"where": label, "message": sentence})
                )
            elif name in row.reading.changed:
                preview.sent.append((id_, row.typed[name]))
        (preview.bad if row.is_refused else preview.ready).append(
            {"certificate": held, "where": where, "lines": compared, "cells": cells}
        )
    return preview


def _where(held: Certificate, numbers: Mapping[str, int]) -> str:
    """The row of the sheet, where there was one, and the certificate's number."""
    number = codes.format_number(held.number or "")
    if held.public_id not in numbers:
        return number
    return _now("第 %(row)s 行 %(number)s") % {"row": numbers[held.public_id], "number": number}
