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


def require_valid(model: type[models.Model], **values: Any) -> None:
    """Raises InvalidInput with every field of `values` that the model's column cannot hold, and why."""
    problems: dict[str, str] = {}
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
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
