"""Fetching is authorising: one row out of a queryset that was already cut to what the actor may see."""

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from registry.errors import NotFound

Row = TypeVar("Row", bound=models.Model)


def one(rows: models.QuerySet[Row], **lookup: Any) -> Row:
    """The row, or NotFound both when there is none and when the actor may not know of it."""
    try:
        return rows.get(**lookup)
    except ObjectDoesNotExist:
        raise NotFound(what=rows.model._meta.model_name) from None
