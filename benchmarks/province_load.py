"""Loads rows by the million: COPY into tables without keys and indexes, which are made again after."""

from collections.abc import Iterable, Sequence
from datetime import date
from json import dumps
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import JSONField, Model
from psycopg import sql

from benchmarks.province_lives import MANY
from courses.models import EmploymentSpell
from goals.models import Tally
from registry.models import DisabilityCertificate
from registry.models.fields import key_ring
from tests.goals.factories import a_signing_key

Row = Sequence[Any]

COLUMNS = {
    "Person": ("id", "public_id", "citizen_id_index", "birth_date", "sex", "kind", "household_of_id", "region_id",
               "residence", "ethnicity", "education", "registered_on"),
    "DisabilityCertificate": ("id", "person_id", "number_index", "category", "grade", "recorded_on"),
    "NeedRegistration": ("id", "person_id", "training_need", "employment_need", "employable", "registered_on"),
    "EmploymentStatus": ("id", "person_id", "status", "since"),
    "HardshipStatus": ("id", "public_id", "person_id", "kind", "since", "ended_on", "recorded_on"),
    "BaseRegistration": ("id", "person_id", "base_id", "since"),
    "Enrolment": ("id", "public_id", "cohort_id", "person_id", "enrolled_on", "employment", "outcome", "outcome_rule",
                  "outcome_on"),
    "Certificate": ("id", "public_id", "number", "code", "enrolment_id", "person_id", "skill_id", "base_id",
                    "starts_on", "ends_on", "issued_on", "status", "status_since", "status_index"),
    "ExternalCertificate": ("id", "public_id", "person_id", "skill_id", "family", "number", "issued_on", "valid_until",
                            "recorded_on", "verified_by", "verified_on", "verified_how"),
    "EmploymentSpell": ("id", "public_id", "person_id", "form", "contract", "found_through", "started_on", "ended_on",
                        "end_reason", "recorded_on"),
    "Evidence": ("id", "public_id", "subject_id", "region_id"),
    "FollowUp": ("id", "public_id", "person_id", "spell_id", "months", "due_on", "done_on", "result"),
    "ServiceRecord": ("id", "public_id", "person_id", "kind", "on"),
    "AbilityAssessment": ("id", "public_id", "person_id", "assessed_on"),
    "Graduation": ("id", "person_id", "graduated_on"),
    "ServicePlan": ("id", "public_id", "person_id", "opened_on"),
}  # fmt: skip
"""What a row says for itself, by model."""

TALLY_COLUMNS = ("period_id", "person_id", "region_id", "joined_on", "skills", "counts", "cells", "parts")

KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype = 'f'
FROM pg_constraint
WHERE contype IN ('p', 'u', 'f')
    AND (conrelid = ANY(%s::regclass[]) OR (contype = 'f' AND confrelid = ANY(%s::regclass[])))
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = ANY(%s)
    AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]))
"""


class Bulk:
    """Opens tables for loading; `close` brings their keys, indexes and foreign keys back, checked by the database.

    What a row does not say is the field's default, or the constant given for it in `constants`.
    """

    def __init__(self, on: date) -> None:
        self.constants = _constants(on)
        self.models = {**{_model(name): columns for name, columns in COLUMNS.items()}, Tally: TALLY_COLUMNS}
        self.tables = [model._meta.db_table for model in self.models]
        self.again: list[str] = []
        if connection.vendor == "postgresql":
            self._drop()

    def _drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET max_wal_size = '16GB'")
            cursor.execute("ALTER SYSTEM SET full_page_writes = off")
            cursor.execute("SELECT pg_reload_conf()")
            cursor.execute(KEYS, [self.tables, self.tables])
            keys = sorted(cursor.fetchall(), key=lambda key: key[3])
            cursor.execute(INDEXES, [self.tables, self.tables])
            indexes = cursor.fetchall()
            for table, name, _definition, _is_foreign in reversed(keys):
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            for name, _definition in indexes:
                cursor.execute(f'DROP INDEX "{name}"')
            for model, columns in self.models.items():
                for column, value in self._given(model, columns).items():
                    default = sql.Literal(value).as_string()
                    table = model._meta.db_table
                    cursor.execute(f'ALTER TABLE {table} ALTER "{column}" SET DEFAULT {default}')
                    self.again.append(f'ALTER TABLE {table} ALTER "{column}" DROP DEFAULT')
        made = [
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
            for table, name, definition, _is_foreign in keys
        ]
        foreign = sum(key[3] for key in keys)
        own, others = made[: len(made) - foreign], made[len(made) - foreign :]
        self.again += [*own, *(definition for _name, definition in indexes), *others]

    def load(self, model: type[Model], rows: Iterable[Row]) -> None:
        """Rows of the model's columns as above, dates as ISO text."""
        columns, table = self.models[model], model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                return
            given = self._given(model, columns)
            rest = tuple(given.values())
            marks = ", ".join(["%s"] * (len(columns) + len(rest)))
            cursor.executemany(
                f"INSERT INTO {table} ({_names([*columns, *given])}) VALUES ({marks})",
                [(*row, *rest) for row in rows],
            )

    def load_lives(self, rows: dict[str, list[Row]]) -> None:
        """A portion of people: benchmarks/province_lives.py."""
        for name in COLUMNS:
            if rows[name]:
                self.load(_model(name), rows[name])

    def load_tallies(self, found: Iterable[tuple[int, int, int, Any]]) -> None:
        rows = (
            (
                period,
                person,
                region,
                one.joined_on and one.joined_on.isoformat(),
                one.skills if one.joined_on else 0,
                dumps(one.counts),
                dumps(one.cells),
                dumps(one.parts),
            )
            for period, person, region, one in found
        )
        self.load(Tally, rows)

    def twins(self, times: int, people: int) -> None:
        """Everybody who is loaded, numbers 1 to `people`, that many times in all: the same lives, with numbers of their own.

        PostgreSQL copies rows without keys some hundred times faster than lives are drawn and counted here.
        """
        with connection.cursor() as cursor:
            for model, columns in self.models.items():
                table, named = model._meta.db_table, _names(columns)
                values = ", ".join(self._of_twin(model, column, people) for column in columns)
                cursor.execute(
                    f"INSERT INTO {table} ({named}) SELECT {values}"
                    f" FROM {table}, generate_series(1, {times - 1}) AS twin"
                )

    def _of_twin(self, model: type[Model], column: str, people: int) -> str:
        """The value of a column for the twin: numbers go on behind those of the others, as drawn lives' would."""
        many = {"Person": 1, "DisabilityCertificate": 1, "FollowUp": 2 * MANY}.get(model.__name__, MANY)
        own = f"(id + twin * {many * people})"
        if column == "id":
            return own
        if column in ("person_id", "household_of_id"):
            return f"{column} + twin * {people}"
        if column in ("enrolment_id", "spell_id", "subject_id", "status_index"):
            return f"{column} + twin * {MANY * people}"
        if column in ("public_id", "code") or (column == "number" and model is not DisabilityCertificate):
            return f"left({column}, 1) || lpad({own}::text, length({column}) - 1, '0')"
        if column.endswith("_index"):
            return f"decode(lpad(to_hex({own}), 64, '0'), 'hex')"
        return f'"{column}"'

    def _given(self, model: type[Model], columns: Sequence[str]) -> dict[str, Any]:
        """The same for every row: what the field says where nothing else does."""
        told = self.constants.get(model, {})
        given = {}
        for field in model._meta.concrete_fields:
            if field.column in columns or field.primary_key:
                continue
            if field.column in told:
                given[field.column] = told[field.column]
            elif not field.null:
                default = field.get_default()
                is_json = isinstance(field, JSONField)
                given[field.column] = (
                    dumps(default) if is_json else field.get_db_prep_save(default, connection)
                )
        return given

    def close(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET maintenance_work_mem = '512MB'")
            for statement in self.again:
                cursor.execute(statement)
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.models)):
                cursor.execute(statement)
            cursor.execute("ANALYZE")


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _constants(on: date) -> dict[type[Model], dict[str, Any]]:
    """What is the same in every row; sealed values are sealed once, so that pages can open them."""
    key = a_signing_key().pk

    def sealed(model: str, column: str, text: str) -> bytes:
        return key_ring().seal(text, f"{_model(model)._meta.db_table}.{column}")

    told: dict[str, dict[str, Any]] = {
        "Person": {
            "name": "甲",
            "citizen_id": sealed("Person", "citizen_id", "362101198503150014"),
            "phone": sealed("Person", "phone", "13800000000"),
        },
        "DisabilityCertificate": {
            "number": sealed("DisabilityCertificate", "number", "36210119850315001441")
        },
        "Certificate": {"title": "培训合格证书", "holder_name": "甲", "course_name": "—", "skill_name": "—", "hours": 20,
                        "base_name": "—", "signing_key_id": key, "fragment": "1"},
        "ExternalCertificate": {"issuer": "评价机构"},
        "Evidence": {
            "subject_type": EmploymentSpell._meta.label_lower,
            "name": sealed("Evidence", "name", "劳动合同.pdf"),
            "data": b"",
            "media_type": "application/pdf",
            "size": 1,
            "sha256": "0" * 64,
            "added_on": "2024-12-31",
        },
        "Graduation": {"level": "bachelor", "recorded_on": "2024-12-31"},
        "ServicePlan": {"kind": "general", "aim": sealed("ServicePlan", "aim", "就业")},
    }  # fmt: skip
    given = {_model(name): values for name, values in told.items()}
    return {**given, Tally: {"counted_on": on.isoformat()}}


def _model(name: str) -> type[Model]:
    return next(model for model in apps.get_models() if model.__name__ == name)
