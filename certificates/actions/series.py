"""Takes the next number of a base and year, without a gap."""

from django.db import connection

from certificates.models import NumberSeries
from registry.models import TrainingBase


def take(*, base: TrainingBase, year: int) -> int:
    """The next number, from 1. Call it last in a transaction: the series waits until that one ends.

    If the transaction rolls back, so does the number. One statement, because `max + 1` breaks or retries when
    two transactions meet.
    """
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (base_id, year, last) VALUES (%s, %s, 1) "
            f"ON CONFLICT (base_id, year) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [base.pk, year],
        )
        return int(cursor.fetchone()[0])
