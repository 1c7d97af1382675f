"""Spreadsheets in and out, in plain Python: guard, read, find the table, write. Knows nothing of Django."""
