"""How many rows one INSERT carries."""

BATCH_ROWS = 1_000
"""PostgreSQL binds at most 65,535 parameters to a statement; our widest table has 30 columns."""
