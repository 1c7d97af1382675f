"""What a column accepts, asked before the database: SQLite keeps text of any length, PostgreSQL does not."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from registry.errors import InvalidInput

_PROBLEMS = {
    "blank": "field_missing",
    "null": "field_missing",
    "invalid_choice": "field_choice",
    "max_length": "field_too_long",
}


def lines(text: str) -> str:
    """Text of several lines as it is kept: no blanks at its ends, one way to end a line."""
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def require_valid(model: type[models.Model], **values: Any) -> None:
    """Raises InvalidInput with every field of `values` that the model's column cannot hold, and why."""
    problems: dict[str, str] = {}
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        if isinstance(field, models.TextField):  # several lines; Django leaves their length to forms
            value = value.replace("\n", "")
            if field.max_length is not None and len(value) > field.max_length:
                problems[name] = "field_too_long"
        try:
            field.clean(value, None)
        except ValidationError as error:
            problems[name] = _PROBLEMS.get(error.error_list[0].code or "", "field_invalid")
        # Cf too: a mark that turns the direction of text, or hides inside a word that must not be printed.
        if isinstance(value, str) and any(
            unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in value
        ):
            problems[name] = "field_characters"
    if problems:
        raise InvalidInput(fields=problems)
