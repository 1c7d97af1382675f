"""Looks at the records of every cohort for signs of fraud; running it again changes nothing."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.actions import flags
from courses.models import ReviewFlag
from courses.models.flags import FlagState


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        cohorts = flags.recheck_all(at=timezone.now())
        waiting = ReviewFlag.objects.filter(state=FlagState.OPEN).count()
        seconds = time.perf_counter() - begun
        self.stdout.write(f"cohorts: {cohorts}, open flags: {waiting}, {seconds:.1f} s")
