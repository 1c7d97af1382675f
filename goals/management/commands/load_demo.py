"""Loads the demo once: a registry of invented people in the four regions of the plans."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from goals.actions import recounts, releases
from goals.demo import months, reporting, story
from goals.models import PlanPeriod
from registry.facts import untold
from registry.models import Federation, Region
from registry.requests import today
from registry.rules.access import SYSTEM


class Command(BaseCommand):
    help = "Builds the demo registry by calling actions and importing roster workbooks. Only on an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "The demo has known passwords; it is not loaded where TWOSKILLS_ENV=production."
            )
        if Federation.objects.exists():
            raise CommandError(
                "There are federations already; the demo is loaded into an empty registry only."
            )
        begun = time.perf_counter()
        # Everybody is counted once, at the end: the story is told on its own dates, the figures are those of today.
        with untold():
            story.build(lambda line: self.stdout.write(f"  {time.perf_counter() - begun:5.1f} s  {line}"))
        recounts.recount(on=today(), check=False)
        for period in PlanPeriod.objects.filter(plans__isnull=False).distinct():
            months.keep(period, on=today())
        # One province has released its last quarter; the others are left for whoever looks around.
        releases.publish(by=SYSTEM, on=today(), region=Region.objects.get(code=months.OPEN))
        self.stdout.write(f"  {time.perf_counter() - begun:5.1f} s  figures counted as of {today()}")
        self.stdout.write(f"  {time.perf_counter() - begun:5.1f} s  reports: {reporting.go_on()}")
