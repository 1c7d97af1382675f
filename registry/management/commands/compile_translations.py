"""manage.py compile_translations: makes .mo files of the .po files, without GNU gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from registry import catalogues


class Command(BaseCommand):
    help = "Compiles the translations that changed since they were compiled."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [
            catalogues.path_of(app, language) for app in catalogues.APPS for language in catalogues.PLURALS
        ]
        compiled = sum(catalogues.compile_to_mo(path) for path in paths if path.exists())
        if options["verbosity"]:
            self.stdout.write(f"translations: {compiled} compiled")
