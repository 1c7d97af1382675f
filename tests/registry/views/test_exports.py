"""The record of exports: what left the register, as officers and auditors read it."""

import pytest

from registry.rules.access import SYSTEM
from tests.registry.actions.test_exports import exported
from tests.registry.factories import a_federation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["federation_officer", "auditor"])
def test_officers_and_auditors_read_the_exports_of_their_regions(browser, role):
    near, far = exported(SYSTEM), exported(SYSTEM, "360102")
    page = browser(role, a_federation("620500")).get("/exports/").content.decode()
    assert near.public_id in page
    assert "天水市 人社局" in page
    assert far.public_id not in page


def test_exports_are_filtered_by_purpose_and_day(browser):
    officer = browser("federation_officer", a_federation("620500"))
    exported(SYSTEM)
    for query, count in {
        "?purpose=supervision": 1,
        "?purpose=funds": 0,
        "?until=2000-01-01": 0,
        "?since=2000-01-01&until=2199-12-31": 1,
    }.items():
        assert f"导出记录，共 {count} 条" in officer.get(f"/exports/{query}").content.decode()
    assert officer.get("/exports/?since=yesterday").status_code == 422


def test_the_list_takes_as_many_queries_for_many_as_for_one(browser, django_assert_num_queries):
    officer = browser("federation_officer", a_federation("620500"))
    exported(SYSTEM)
    officer.get("/exports/")
    for _ in range(5):
        exported(SYSTEM)
    with django_assert_num_queries(8):
        officer.get("/exports/")


def test_the_api_says_the_same(browser):
    made = exported(SYSTEM)
    body = browser("auditor", a_federation("620500")).get("/api/registry/exports?purpose=supervision").json()
    assert body["count"] == 1
    assert body["items"][0] == {
        "public_id": made.public_id,
        "about": "cohort_roster",
        "subject_id": "",
        "region_code": "620502",
        "purpose": "supervision",
        "recipient": "天水市 人社局",
        "fields": ["姓名", "身份证号"],
        "in_clear": ["姓名"],
        "rows": 40,
        "sha256": made.sha256,
        "exported_on": "2024-06-03",
        "exported_by": "system",
    }
