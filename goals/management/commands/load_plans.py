"""Loads the policy plans and their targets; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goals.actions import periods, plans
from goals.models import PlanPeriod
from registry.errors import RegistryError
from registry.requests import today
from registry.words import say


class Command(BaseCommand):
    help = "Load the policy plans and their targets from goals/seeds/targets.json."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = plans.load()
        except RegistryError as error:
            raise CommandError(say(error.code, error.facts)) from None
        self.stdout.write(f"targets: {loaded.total} ({loaded.created} new, {loaded.changed} changed)")
        for period in PlanPeriod.objects.filter(counted_to__isnull=False):
            people = periods.count(period.pk, on=today())
            self.stdout.write(f"{period}: {people} people counted")
