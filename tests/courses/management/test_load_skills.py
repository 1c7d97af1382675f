"""manage.py load_skills."""

from io import StringIO

import pytest
from django.core.management import call_command

from courses.models import Skill


@pytest.mark.django_db
def test_it_says_how_many_and_changes_nothing_the_second_time() -> None:
    said = StringIO()
    call_command("load_skills", stdout=said)
    call_command("load_skills", stdout=said)
    assert (
        said.getvalue()
        == f"skills: {Skill.objects.count()} created, 0 changed\nskills: 0 created, 0 changed\n"
    )
