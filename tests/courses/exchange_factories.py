"""Exports for tests, made by the actions that the site uses."""

import io
from typing import Any

import python_calamine
from django.utils import timezone

from courses.actions import export_files
from courses.models import ExportFile
from registry.rules.access import SYSTEM, Actor
from tests.conftest import TODAY
from tests.registry.factories import a_region


def an_export(ledger: str = "people", *, by: Actor = SYSTEM, made: bool = True, **values: Any) -> ExportFile:
    """An export of 620500 or of `cohort`; with made=False only asked for."""
    asked: dict[str, Any] = {
        "on": TODAY,
        "at": timezone.now(),
        "region": a_region("620500"),
        "purpose": "supervision",
        "recipient": "甘肃省残疾人联合会",
    }
    held = export_files.ask(by=by, ledger=ledger, **(asked | values))
    if made:
        export_files.make(held.pk)
    held.refresh_from_db()
    return held


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook by name, as rows of cells."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
