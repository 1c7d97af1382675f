"""The command that recounts from scratch."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from goals.actions import figures
from goals.models import FigureTotal, Tally
from tests.goals.factories import a_member, a_period, certified
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


def said_by(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_a_recount_that_agrees_says_so() -> None:
    a_period()
    certified(a_member())
    assert said_by("recount_figures", "--check") == "1 people recounted: everything agrees\n"


def test_a_check_fails_and_says_where_and_a_recount_mends_it() -> None:
    a_period()
    certified(a_member())
    figures.fold()
    FigureTotal.objects.filter(region=a_region("620500")).filter(cell="").update(counts={"members": 7})
    Tally.objects.update(skills=0)
    out = StringIO()
    with pytest.raises(CommandError, match="without --check"):
        call_command("recount_figures", "--check", stdout=out)
    assert "2022–2024 620502: 1 people counted wrong" in out.getvalue()
    assert "2022–2024 620500: members is kept as 7, the people count 1" in out.getvalue()
    assert "Mended." in said_by("recount_figures")
    assert "everything agrees" in said_by("recount_figures", "--check")
