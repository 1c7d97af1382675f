"""The tests' database is made from the models at once (`--nomigrations`); here the migrations make one.

That they come to the same tables is what `makemigrations --check` in `make check` says.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[1]
MIGRATE_AND_READ = """
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
call_command("migrate", verbosity=0)
for model in apps.get_models():
    list(model.objects.all()[:1])
    print(model._meta.label)
"""


@pytest.fixture
def empty_database(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, beside the tests' own."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
        return
    held = settings.DATABASES["default"]
    name = f"{held['NAME']}_migrated"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    query = urlencode({"host": held["HOST"]}, quote_via=quote)
    yield f"postgresql://{held['USER']}:{held['PASSWORD']}@:{held['PORT']}/{name}?{query}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def test_the_migrations_lead_from_nothing_to_every_table_and_column(empty_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE_AND_READ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": empty_database, "DJANGO_SETTINGS_MODULE": "registry.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "registry.Person" in done.stdout.split()
