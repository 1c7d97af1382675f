"""What anyone reads of the goal: nothing before a release, then the same on the page, in the files and on the API."""

import csv
import io

import pytest
from django.test import Client

from goals.actions import releases
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.goals.release_factories import a_quarter
from tests.registry.factories import a_region

pytestmark = pytest.mark.django_db


def test_nothing_is_public_before_a_release_and_the_same_everywhere_after_it(django_assert_num_queries):
    a_quarter({"620000": (90, 33), "620100": (30, 10), "620500": (30, 3), "620600": (30, 20)})
    client = Client(headers={"accept-language": "zh-hans"})
    assert "还没有公布" in client.get("/open-data/").content.decode()
    assert client.get("/api/goals/open-data/two-skills").json() == []

    releases.publish(by=SYSTEM, on=TODAY, region=a_region("620000"))
    with django_assert_num_queries(1):
        page = client.get("/open-data/")
    assert "90 人中 33 人已掌握两门以上技能，占 36.6%。" in page.content.decode()
    assert page["Cache-Control"] == "public, max-age=300"
    assert {"Accept-Language", "Cookie"} <= set(page["Vary"].split(", "))

    file = client.get("/open-data/two-skills.csv").content.decode("utf-8-sig")
    rows = {row["region_code"]: row for row in csv.DictReader(io.StringIO(file))}
    assert (rows["620600"]["two_skills"], rows["620600"]["suppressed"]) == ("20", "false")
    assert (rows["620500"]["people"], rows["620500"]["two_skills"]) == ("30", "")
    assert (rows["620100"]["two_skills"], rows["620100"]["share_percent"]) == ("", "")
    assert (
        client.get("/open-data/two-skills.json").json()
        == client.get("/api/goals/open-data/two-skills").json()
    )

    package = client.get("/open-data/datapackage.json").json()
    fields = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert fields == list(rows["620600"])
