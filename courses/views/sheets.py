"""Sheets over the wire: a workbook as a download, an uploaded one as bytes, what was odd in it in words."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import quote

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.queries.sheets import Odd
from courses.workbooks.errors import WorkbookError
from courses.workbooks.limits import LIMITS
from courses.workbooks.writing import write_csv, write_table
from registry import words
from registry.forms import Form
from registry.requests import received

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(Form):
    file = forms.FileField(
        label=_("填好的表格"),
        help_text=_("xlsx、xls 或 CSV，不超过 5 MB。空格子不会改动已登记的内容。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


@contextmanager
def uploaded(form: UploadForm) -> Iterator[tuple[bytes, str]]:
    """The bytes and name of the file; why the file as a whole cannot be used is put beside its field."""
    file = form.cleaned_data["file"]
    try:
        yield received(file, LIMITS.file_bytes), file.name
    except WorkbookError as error:
        form.add_error("file", words.say(error.code, error.facts))


def workbook(content: bytes, title: str) -> HttpResponse:
    """An xlsx to save."""
    return attached(content, f"{title}.xlsx", XLSX)


def attached(content: bytes, file_name: str, content_type: str) -> HttpResponse:
    """A file to save."""
    response = HttpResponse(content, content_type=content_type)
    plain = "".join(sign for sign in file_name if sign.isprintable() and sign not in '\\/:*?"<>|')
    response.headers["Content-Disposition"] = _disposition(plain)
    return response


def table_file(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str,
    sheet_name: str,
    as_csv: bool = False,
) -> HttpResponse:
    """A table to save, as an xlsx or for programs as a CSV."""
    if not as_csv:
        return workbook(write_table(headers, rows, sheet_name=sheet_name), title)
    response = HttpResponse(write_csv(headers, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = _disposition(f"{title}.csv")
    return response


def _disposition(file_name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"


def odd_words(odd: Sequence[Odd]) -> list[str]:
    """Where and why, for each row or column of a sheet that was not taken."""
    where = gettext("工作表“%(sheet)s”第 %(row)s 行：%(sentence)s")
    return [
        where % {"sheet": one.sheet, "row": one.row, "sentence": words.say(one.code, one.facts)}
        for one in odd
    ]
