"""Lists a page at a time."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 50


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    """The page that `?page=` asks for; a number that makes no sense gives the first or the last."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
