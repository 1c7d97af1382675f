"""Checks a roster and says what is wrong with each row; with --write it also enrols everyone whose row is right.

Without --write nothing is kept: the same checks run in a transaction that is taken back.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from courses import roster_words
from courses.actions import rosters
from courses.models import Cohort, RosterImport
from courses.queries import roster_rows as rows
from courses.queries import rosters as queries
from registry import words
from registry.errors import RegistryError
from registry.models import Account
from registry.queries.actors import actor_for
from registry.queries.lookup import one
from registry.requests import today


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", dest="username", required=True, help="the account that does it")
        parser.add_argument("--cohort", required=True, help="the public id of the cohort, as in its address")
        parser.add_argument("--write", action="store_true", help="keep the upload and enrol the good rows")
        parser.add_argument("--late-reason", default="", help="needed once the class is running")
        parser.add_argument("file", type=Path, help="xlsx, xls or CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(username=options["username"], is_active=True).first()
        if account is None:
            raise CommandError("No active account has this name.")
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        by = actor_for(account, on=today())
        try:
            with transaction.atomic():
                cohort = one(
                    Cohort.objects.visible_to(by).select_related("base__region", "region", "course"),
                    public_id=options["cohort"],
                )
                held = rosters.upload(by=by, on=today(), cohort=cohort, file_name=path.name, data=data)
                if options["write"]:
                    reason = options["late_reason"]
                    counts = rosters.load(by=by, on=today(), roster=held, late_reason=reason)
                else:
                    counts = queries.counts(held)
                self._report(held)
                transaction.set_rollback(not options["write"])
        except RegistryError as error:
            raise CommandError(words.say(error.code, error.facts)) from None
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()))
        if not options["write"]:
            self.stdout.write("Nothing was kept. Run again with --write to enrol the rows that are ready.")

    def _report(self, held: RosterImport) -> None:
        """Every problem with its place; names and numbers are masked."""
        for notice in held.notices:
            self.stdout.write(words.say(notice["code"], notice["facts"]))
        for view in rows.opened(held.rows.exclude(problems=[])):
            where = roster_words.place(view.sheet, view.number, name_sheet=True)
            for problem in view.problems:
                label = roster_words.label(problem["field"])
                said = roster_words.say_problem(problem["code"], problem["facts"])
                parts = (problem["severity"], where, view.masked_name, label, said)
                self.stdout.write(" ".join(part for part in parts if part))
