"""The plans' targets load as data, whole and once."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from goals import words
from goals.actions import plans
from goals.models import Plan, PlanPeriod, Tally, Target
from registry.models import AuditEvent
from tests.goals.factories import a_member
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions() -> None:
    for code in ("620500", "120000", "360000", "211100"):
        a_region(code)


@pytest.mark.usefixtures("regions")
def test_every_row_of_the_seed_becomes_a_target() -> None:
    loaded = plans.load()
    assert (loaded.created, loaded.changed, loaded.total) == (65, 4, 65)
    assert Target.objects.count() == 65
    counts = {plan.region.code: plan.targets.count() for plan in Plan.objects.select_related("region")}
    assert counts == {"620500": 15, "120000": 11, "360000": 29, "211100": 10}
    assert [period.key for period in PlanPeriod.objects.all()] == ["2022-2024", "2022", "2023", "2024"]


@pytest.mark.usefixtures("regions")
def test_loading_again_changes_nothing_and_leaves_no_audit_row() -> None:
    plans.load()
    before = (list(Target.objects.values()), list(Plan.objects.values()), AuditEvent.objects.count())
    again = plans.load()
    assert (again.created, again.changed) == (0, 0)
    assert (list(Target.objects.values()), list(Plan.objects.values()), AuditEvent.objects.count()) == before


@pytest.mark.usefixtures("regions")
def test_a_corrected_row_is_brought_back() -> None:
    plans.load()
    Target.objects.filter(code="PJ-02").update(value=1, quote="")
    assert plans.load().changed == 1
    assert Target.objects.get(code="PJ-02").value == Decimal(1200)


@pytest.mark.usefixtures("regions")
def test_numbers_days_quarters_and_what_no_document_sets_are_told_apart() -> None:
    plans.load()
    told = {target.code: (target.value, target.due) for target in Target.objects.all()}
    assert told["TS-01"] == (Decimal(3000), "")
    assert told["JX-23"] == (Decimal("0.015"), "")
    assert told["TS-07"] == (None, "12-31")
    assert told["TS-09"] == (None, "2024-12-31")
    assert told["JX-20"] == (None, "2023-Q4")
    assert told["JX-08"] == told["PJ-07"] == (None, "")


@pytest.mark.usefixtures("regions")
def test_a_number_found_elsewhere_says_so() -> None:
    plans.load()
    held = {plan.region.code: (plan.document_number, plan.number_in_document) for plan in Plan.objects.all()}
    assert held["360000"] == ("赣府厅字〔2022〕90号", False)
    assert held["620500"] == ("天政办发〔2022〕78号", True)
    assert held["211100"] == ("", False)


@pytest.mark.usefixtures("regions")
def test_the_news_item_repeats_a_target_of_its_plan() -> None:
    plans.load()
    news = Target.objects.get(code="NEWS-01")
    assert news.repeats == Target.objects.get(code="TJ-01")
    assert news.plan.region.code == "120000"
    assert "news item" in news.source


def test_plans_without_their_regions_are_refused_by_name() -> None:
    with pytest.raises(CommandError, match="120000、211100"):
        call_command("load_plans")


@pytest.mark.usefixtures("regions")
def test_the_command_admits_people_who_were_there_before_the_plan() -> None:
    a_member()
    assert not Tally.objects.exists()
    call_command("load_plans")
    assert {tally.period.key for tally in Tally.objects.all()} == {"2022-2024", "2022", "2023", "2024"}


def test_every_seeded_text_is_among_the_words_to_translate() -> None:
    rows = json.loads(plans.SEED.read_text(encoding="utf-8"))
    known = {str(word) for word in words.SEEDED}
    assert {row["metric_zh"] for row in rows} | {row["note_zh"] for row in rows if "note" in row} == known
    assert {row["unit"] for row in rows} - {"ratio", "date"} <= words.UNITS.keys()
    assert {row["per"] for row in rows} == words.PER.keys()
