"""A quarter is opened to everybody, a table is handed to somebody; each leaves its row, and only what may leave."""

import csv
import io
import json
from datetime import date

import pytest

from goals.actions import releases
from goals.errors import NothingToRelease, ReleaseTellsFew
from goals.models import Release
from goals.queries import open_data
from goals.queries import releases as queries
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.models import AuditEvent, Export
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.goals.factories import a_period
from tests.goals.release_factories import GANSU, QUARTER, a_quarter, totals
from tests.registry.factories import a_federation, a_region, an_actor

pytestmark = pytest.mark.django_db


def published(on: date = TODAY) -> Release:
    return releases.publish(by=SYSTEM, on=on, region=a_region("620000"))


def test_a_quarter_is_opened_as_it_was_kept():
    a_quarter()
    release = published()
    assert release.as_of == QUARTER
    rows = {row.place.code: (row.two_skills, row.people) for row in open_data.rows(release)}
    assert rows == {"620000": (20, 60), "620100": (10, 30), "620500": (10, 30)}
    assert AuditEvent.objects.get(verb="statistics.published").facts["as_of"] == "2024-03-31"


def test_a_quarter_is_opened_once_and_never_without_being_kept():
    with pytest.raises(NothingToRelease):
        published()
    a_quarter()
    published()
    with pytest.raises(NothingToRelease):
        published()


def test_a_change_of_a_few_in_the_whole_province_is_refused():
    period = a_quarter()
    published()
    later = {"620000": (62, 20), "620100": (32, 10), "620500": (30, 10)}
    a_quarter(later, month_end=date(2024, 6, 30), period=period)
    with pytest.raises(ReleaseTellsFew):
        published(on=date(2024, 7, 2))


def test_only_who_decides_for_the_whole_province_opens_it():
    a_quarter()
    for role, place in (("federation_officer", "620000"), ("approver", "620500")):
        with pytest.raises(NotPermitted):
            releases.publish(by=an_actor(role, a_federation(place)), on=TODAY, region=a_region("620000"))
    with pytest.raises(NotFound):
        releases.publish(by=an_actor("approver", a_federation("620000")), on=TODAY, region=a_region("620500"))


def handed(form: str, code: str = "620000", **values) -> bytes:
    asked = {
        "indicator": "two_skill_coverage",
        "purpose": "statistics",
        "recipient": "省人力资源地图",
        **values,
    }
    _export, data = releases.hand_out(
        by=values.pop("by", SYSTEM), on=TODAY, region=a_region(code), form=form, **asked
    )
    return data


def a_province_now():
    period = a_period()
    cells = {code: {"": {"members": m, "two": t}} for code, (m, t) in GANSU.items()}
    totals(period, cells)
    return period


def test_a_table_is_handed_out_with_its_reason():
    period = a_province_now()
    rows = list(csv.DictReader(io.StringIO(handed("csv", period=period).decode("utf-8-sig"))))
    assert [(row["region_code"], row["numerator"], row["suppressed"]) for row in rows] == [
        ("620000", "20", "false"),
        ("620100", "10", "false"),
        ("620500", "10", "false"),
    ]
    export = Export.objects.get()
    assert (export.about, export.rows, export.recipient) == ("statistics", 3, "省人力资源地图")


def test_whoever_asks_in_the_same_month_gets_a_part_of_the_same_table():
    period = a_province_now()
    handed("xlsx", period=period)
    period_total = queries.standing(a_region("620000"), period)["620500"][""]["members"]
    totals(period, {})
    answer = json.loads(handed("json", "620500", period=period))
    assert [(row["region_code"], row["denominator"]) for row in answer["rows"]] == [("620500", period_total)]
    assert Release.objects.count() == 1


def test_an_indicator_does_not_leave_for_years_that_overlap_those_of_another_release():
    with pytest.raises(InvalidInput):
        handed("csv", period=a_period(2024, 2024))
