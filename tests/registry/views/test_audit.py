from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from registry import words
from registry.actions import accounts
from registry.models import AuditEvent
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.registry.factories import a_base, a_federation, a_person, an_account, an_accreditation

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_an_auditor_reads_what_was_done_in_the_own_regions_in_words(browser: Browser) -> None:
    near, far = a_base("620502"), a_base("360102")
    page = text(browser("auditor", a_federation("620500")).get("/audit/"))
    assert "登记培训基地" in page
    assert near.public_id in page
    assert far.public_id not in page


def test_events_are_filtered_by_deed_subject_and_day(browser: Browser) -> None:
    auditor = browser("auditor", a_federation("620500"))
    base = a_base("620502")
    an_accreditation(base)
    a_person(1)
    for query, count in {
        "?verb=base.accredited": 1,
        f"?subject_id={base.public_id}": 2,
        "?until=2000-01-01": 0,
        "?verb=base.accredited&since=2000-01-01&until=2199-12-31": 1,
    }.items():
        assert f"<h1>审计记录，共 {count} 条</h1>" in text(auditor.get(f"/audit/{query}")), query
    assert auditor.get("/audit/?since=yesterday").status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_a_year_that_is_a_slip_of_the_finger_is_refused_on_the_page_and_in_the_api(
    browser: Browser, name: str, day: str
) -> None:
    auditor = browser("auditor", a_federation("620500"))
    answer = auditor.get(f"/audit/?{name}={day}")
    assert answer.status_code == 422
    assert "年份应在 1900 到 2199 之间" in text(answer)
    _row, token = accounts.issue_token(
        by=SYSTEM,
        on=TODAY,
        account=an_account("auditor", a_federation("620500")),
        label="抄送",
        expires_on=TODAY + timedelta(days=1),
    )
    answer = auditor.get(f"/api/registry/audit?{name}={day}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 422


def test_the_list_takes_a_fixed_number_of_queries(browser: Browser, django_assert_num_queries: Any) -> None:
    auditor = browser("auditor", a_federation("620500"))
    with django_assert_num_queries(8) as few:
        auditor.get("/audit/")
    for n in range(1, 30):
        a_person(n)
    with django_assert_num_queries(len(few)):
        auditor.get("/audit/")


def test_every_deed_of_the_registry_has_words() -> None:
    a_person(1, base=a_base())
    an_accreditation(a_base())
    for deed in AuditEvent.objects.values_list("verb", flat=True).distinct():
        assert words.verb(deed) != deed
