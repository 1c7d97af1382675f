"""The certificates of people, asked of the app above, which these rows must not import (registry/work.py does the same)."""

from collections.abc import Collection
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from courses.rules.qualifications import Qualification


def held(people: Collection[int], *, on: date) -> list[Qualification]:
    """Certificates of these people issued by the day, the oldest first, those no longer in force too."""
    return cast("list[Qualification]", import_string(settings.QUALIFICATIONS)(people, on=on))
