"""The public page as HTML: rendered once for each shape, then only filled in.

Rendering a template for every scan costs half of the request. What differs between two certificates of one
shape is a dozen texts; they take the place of marks that the template was rendered with.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from certificates.models.certificates import CertificateStatus, ReasonClass
from certificates.proof import codes
from certificates.queries.public import PublicRecord
from certificates.views import written
from registry.rules.masking import mask_name, spoken_mask_name


class Kind(StrEnum):
    """What the page answers; the first five are how the certificate stands."""

    ISSUED = "issued"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    KEY_COMPROMISED = "key_compromised"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"


class NameCheck(StrEnum):
    """How a typed name compared with the holder's."""

    NONE = ""
    EMPTY = "empty"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Reader:
    """How the visitor reads."""

    language: str
    text_size: str


@dataclass(frozen=True)
class _Shape:
    """All that decides which words and elements the page has."""

    kind: Kind
    reader: Reader
    check: NameCheck = NameCheck.NONE
    has_reason: bool = False
    has_level: bool = False
    has_issuer: bool = False
    new_status: str = ""
    title_here: str = ""
    """The certificate's title in the reader's language, where it is one we translate."""


_MARK = "\ue000"  # private use: no template and no escaping touches it
_NAMES = [
    "code",
    "code_path",
    "code_spoken",
    "number_spoken",
    "number",
    "masked",
    "spoken",
    "title",
    "course",
    "skill",
    "level",
    "hours",
    "starts_on",
    "ends_on",
    "issued_on",
    "base",
    "issuer",
    "since",
    "reason",
    "checked_at",
    "new_path",
    "new_code",
    "retry_after",
    "level_raw",
    "issued_raw",
    "skill_raw",
    "base_raw",
]
_MARKS = {name: mark_safe(f"{_MARK}{name}{_MARK}") for name in _NAMES}  # noqa: S308


def record_page(
    record: PublicRecord, reader: Reader, *, at: datetime, check: NameCheck = NameCheck.NONE
) -> HttpResponse:
    """The page of a certificate that exists."""
    kind = Kind(record.status)
    if kind is Kind.REPLACED and not record.new_code:
        kind = Kind.WITHDRAWN
    shape = _Shape(
        kind=kind,
        reader=reader,
        check=check,
        has_reason=bool(record.reason_class),
        has_level=bool(record.level),
        has_issuer=bool(record.issuer_name),
        new_status=record.new_status,
        title_here=_title_here(record.title, reader.language),
    )
    values = _values(record, reader.language, at)
    return _filled(shape, values, status=422 if check is NameCheck.EMPTY else 200)


def page(kind: Kind, reader: Reader, *, status: int, code: str = "", retry_after: int = 0) -> HttpResponse:
    """A page without a certificate."""
    values = {"retry_after": str(retry_after), "code": codes.format_code(code), "code_path": code}
    return _filled(_Shape(kind=kind, reader=reader), values, status=status)


def _values(record: PublicRecord, language: str, at: datetime) -> dict[str, str]:
    raw = {
        **written.number_and_code(record.number, record.code),
        "code_path": record.code,
        "masked": mask_name(record.holder_name),
        "spoken": spoken_mask_name(record.holder_name),
        "title": record.title,
        "course": record.course_name,
        "skill": record.skill_name,
        "level": _level(record.level, language),
        "hours": str(record.hours),
        "starts_on": written.day(record.starts_on, language),
        "ends_on": written.day(record.ends_on, language),
        "issued_on": written.day(record.issued_on, language),
        "base": record.base_name,
        "issuer": record.issuer_name,
        "since": written.day(record.status_since, language),
        "reason": _reason(record.reason_class, language),
        "checked_at": written.moment(timezone.localtime(at), language),
        "new_path": record.new_code,
        "new_code": codes.format_code(record.new_code),
        "level_raw": str(record.level),
        "issued_raw": record.issued_on.isoformat(),
        "skill_raw": str(record.skill_number),
        "base_raw": str(record.base_serial),
    }
    return {name: escape(value) for name, value in raw.items()}


# Changing the language costs as much as the query, so it is done once for each word.


@lru_cache(maxsize=256)
def _title_here(title: str, language: str) -> str:
    with translation.override(language):
        here = gettext(title) if title in written.OUR_TITLES else title
    return "" if here == title else here


@lru_cache(maxsize=64)
def _level(value: int, language: str) -> str:
    with translation.override(language):
        return written.level(value)


@lru_cache(maxsize=64)
def _reason(value: str, language: str) -> str:
    with translation.override(language):
        return str(ReasonClass(value).label) if value else ""


def _filled(shape: _Shape, values: dict[str, str], *, status: int) -> HttpResponse:
    parts = _skeleton(shape)
    html = "".join(values[part] if index % 2 else part for index, part in enumerate(parts))
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = shape.reader.language
    response["Vary"] = "Accept-Language, Cookie"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Stricter than the site's: the address is the key to the page.
    response["Referrer-Policy"] = "no-referrer"
    return response


@lru_cache(maxsize=512)
def _skeleton(shape: _Shape) -> tuple[str, ...]:
    """The page in pieces: text, name of a value, text, name … text."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", "/C/", "/C/"
    request.text_size = shape.reader.text_size  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "kind": shape.kind.value,
        "check": shape.check.value,
        "has": shape,
        "new_status": shape.new_status,
        # As verify.js calls it.
        "standing": "in_force" if shape.kind is Kind.ISSUED else shape.kind.value,
        "is_record": shape.kind is Kind.KEY_COMPROMISED or shape.kind.value in CertificateStatus.values,
        # Only true errors of the visitor's typing put "错误" in front of the title.
        "errors": [("name", gettext("请填写要核对的姓名。"))] if shape.check is NameCheck.EMPTY else [],
        # What the register holds is Chinese in every language of the page: voices must know.
        "zh": "" if shape.reader.language == "zh-hans" else mark_safe(' lang="zh-Hans"'),
        **_MARKS,
    }
    with translation.override(shape.reader.language):
        html = render_to_string("certificates/public.html", context, request)
    return tuple(re.split(f"{_MARK}([a-z_]+){_MARK}", html))
