"""Takes the next numbers of a base and year, without a gap."""

from django.db import connection

from certificates.models import NumberSeries
from registry.models import TrainingBase


def take(*, base: TrainingBase, year: int, count: int) -> range:
    """The next `count` numbers, from 1. Call it late in a transaction: the series waits until that one ends.

    If the transaction rolls back, so do the numbers. One statement, because `max + 1` breaks or retries when
    two transactions meet.
    """
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (base_id, year, last) VALUES (%s, %s, %s) "
            f"ON CONFLICT (base_id, year) DO UPDATE SET last = {table}.last + excluded.last RETURNING last",
            [base.pk, year, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)
