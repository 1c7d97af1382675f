"""Fields that several tables share: sealed text, its blind index, and the public id of a row."""

import secrets
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from registry.sealing import KeyRing

# No letters that look or sound alike; 12 of 32 signs are 60 random bits.
PUBLIC_ID_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"


@cache
def key_ring() -> KeyRing:
    return KeyRing.parse(settings.SEALING_KEYS, settings.INDEX_KEY)


def new_public_id() -> str:
    return "".join(secrets.choice(PUBLIC_ID_SIGNS) for _ in range(12))


class PublicIdField(models.CharField):
    """What URLs and the API call a row by; the primary key stays inside."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"max_length": 12, "default": new_public_id, "unique": True, "editable": False, **options}
        )


class SealedField(models.Field):
    """AES-GCM sealed in the database; an empty value is stored as empty. It cannot be searched."""

    @property
    def column_name(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> Any:
        return connection.ops.binary_placeholder_sql(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed; look it up by its blind index.")
        return super().get_lookup(lookup_name)


class SealedTextField(SealedField):
    """Text that is sealed: a number, a name, a phone; find it by its blind index."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        return connection.Database.Binary(key_ring().seal(value, self.column_name) if value else b"")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        return key_ring().open(bytes(value), self.column_name) if value else ""


class SealedBytesField(SealedField):
    """Bytes that are sealed: a scanned paper with a person's name on it."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        return connection.Database.Binary(key_ring().seal_bytes(value, self.column_name) if value else b"")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        if value is None:
            return None
        return key_ring().open_bytes(bytes(value), self.column_name) if value else b""


class BlindIndexField(models.BinaryField):
    """HMAC of a normalised value, 32 bytes; `blind_index(column, value)` makes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 32, "editable": False, **options})

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)


def blind_index(column: str, value: str) -> bytes:
    """The index under which a sealed value is found, `column` as "person.citizen_id"."""
    return key_ring().index(value, column)
