"""The first page: what waits in every app, for whom, the oldest first."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Cohort
from tests.certificates.factories import a_cohort_to_certify, an_external_certificate, an_issuing_base
from tests.conftest import TODAY
from tests.courses.factories import a_cohort, sessions_of
from tests.registry.factories import a_base, a_federation, a_person, an_accreditation

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
NOTHING = "没有等待处理的事项"


def text(response: Any) -> str:
    return str(response.content.decode())


def waiting(client: Client) -> list[tuple[str, str]]:
    """Sentence and address of each line, in their order."""
    part = text(client.get("/")).partition("<h2>待办</h2>")[2].partition("<h2>")[0]
    return [(unescape(said), unescape(to)) for to, said in re.findall(r'<a href="([^"]+)">([^<]+)</a>', part)]


def test_when_nothing_waits_the_page_says_so(browser: Browser) -> None:
    page = text(browser("approver", a_federation("620500")).get("/"))
    assert NOTHING in page


def test_lines_of_all_apps_stand_together_the_oldest_first(browser: Browser) -> None:
    base = an_issuing_base()
    a_cohort(base, state="submitted", starts_on=date(2024, 7, 1), ends_on=date(2024, 7, 20))
    person = a_person(31, region="620502")
    an_external_certificate(person)
    a_base()
    client = browser("approver", a_federation("620500"))
    assert [said for said, _to in waiting(client)] == [
        "1 张外部证书等待您核验，最早 2024年6月3日登记",
        "1 个培训班等待审核，最早 2024年7月1日开班",
        "1 个培训基地没有有效挂牌",
    ]
    assert NOTHING not in text(client.get("/"))


def test_a_single_row_leads_to_its_page_and_several_to_their_list(browser: Browser) -> None:
    base = an_issuing_base()
    client = browser("base_manager", base)
    first = a_cohort_to_certify(base=base)
    line = "%s 个培训班已结业，还有证书没有签发，最早 2024年6月13日结业"
    assert (line % 1, f"/courses/cohorts/{first.public_id}/certificates/") in waiting(client)
    second = a_cohort_to_certify(base=base)
    assert (line % 2, "/certificates/to-issue/") in waiting(client)
    page = text(client.get("/certificates/to-issue/"))
    assert "<h1>等待签发证书的培训班，共 2 个</h1>" in page
    assert first.name in page
    assert second.name in page


def test_each_list_holds_as_many_as_the_line_says(browser: Browser) -> None:
    base = a_base()
    for _ in range(2):
        a_cohort(base, state="returned")
        sessions_of(a_cohort(base, state="running"))
    for n in (1, 2):
        a_person(n, base=base)
    client = browser("base_manager", base)
    lines = waiting(client)
    assert {to for _said, to in lines} == {
        "/courses/cohorts/?state=returned",
        "/courses/cohorts/?waiting=attendance",
        "/courses/cohorts/?waiting=end",
        "/people/?missing=need",
        "/people/?missing=employment",
    }
    for said, to in lines:
        [listed] = re.findall(r"<h1>[^<]*共 (\d+) [个人]</h1>", text(client.get(to)))
        assert said.startswith(f"{listed} "), to


def test_each_role_reads_only_of_what_it_deals_with(browser: Browser) -> None:
    base = an_issuing_base()
    a_cohort(base, state="submitted")
    sessions_of(a_cohort(base, state="running"))
    a_cohort_to_certify(base=base)
    an_external_certificate(a_person(31, region="620502"))
    city = a_federation("620500")
    apps = {
        role: [said.partition(" ")[2].partition("，")[0] for said, _to in waiting(browser(role, place))]
        for role, place in (("approver", city), ("trainer", base), ("auditor", city), ("read_only", base))
    }
    assert apps["auditor"] == apps["read_only"] == []
    assert apps["trainer"] == ["个培训班有课次还没有登记考勤", "个培训班还没有评估"]
    assert apps["approver"] == ["个培训班等待审核", "张外部证书等待您核验"]


def test_another_regions_work_is_not_counted(browser: Browser) -> None:
    elsewhere = an_issuing_base("360102")
    a_cohort(elsewhere, state="submitted")
    an_external_certificate(a_person(31, region="360102"))
    assert waiting(browser("approver", a_federation("620500"))) == []
    a_cohort(elsewhere, state="returned")
    own = a_base()
    assert waiting(browser("base_manager", own)) == []


@pytest.mark.parametrize("role", ["approver", "base_manager", "auditor"])
def test_the_page_takes_the_same_number_of_queries_for_any_number_of_things(
    browser: Browser, django_assert_num_queries: Any, role: str
) -> None:
    """One for each kind of thing that may wait, so their number is that of the kinds: it must not grow with the rows."""
    base = an_issuing_base()
    client = browser(role, base if role == "base_manager" else a_federation("620500"))
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    queries = len(asked)
    for n in range(3):
        a_cohort(base, state="submitted")
        a_cohort(base, state="returned")
        sessions_of(a_cohort(base, state="running"))
        a_cohort_to_certify(base=base)
        an_external_certificate(a_person(50 + n, region="620502"))
        an_accreditation(a_base(), valid_until=TODAY)
    assert Cohort.objects.count() == 12
    with django_assert_num_queries(queries):
        client.get("/")


def test_in_english_one_and_many_are_told_apart(browser: Browser) -> None:
    base = a_base()
    client = browser("base_manager", base)
    client.cookies["lang"] = "en"
    a_cohort(base, state="returned")
    assert "1 returned cohort " in text(client.get("/"))
    a_cohort(base, state="returned")
    assert "2 returned cohorts " in text(client.get("/"))


@pytest.mark.parametrize(("language", "brand"), [("zh-hans", "双技 TwoSkills"), ("en", "TwoSkills")])
def test_the_name_of_the_site_is_said_once(client: Client, language: str, brand: str) -> None:
    shown = text(client.get("/sign-in/", headers={"accept-language": language}))
    name = re.search(r'<span class="brand-name">(.*?)</span></a>', shown)

    assert name is not None
    assert re.sub("<[^>]+>", "", name[1]) == brand
