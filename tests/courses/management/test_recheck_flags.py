"""manage.py recheck_flags."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.courses.factories import a_cohort
from tests.courses.flag_factories import a_long_day, an_accredited_base


@pytest.mark.django_db
def test_it_says_what_it_looked_at_and_finds_nothing_new_the_second_time() -> None:
    a_long_day(a_cohort(an_accredited_base(), state="enrolling"))
    a_cohort()
    said = StringIO()
    call_command("recheck_flags", stdout=said)
    call_command("recheck_flags", stdout=said)
    assert re.findall(r"cohorts: (\d+), open flags: (\d+)", said.getvalue()) == [("1", "1")] * 2
