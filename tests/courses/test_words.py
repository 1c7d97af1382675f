"""Every refusal and problem of `courses` has words, and every page speaks the reader's language."""

import inspect
import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from courses import errors, subsidy_errors, teaching_errors
from courses.rules.cohorts import MOVES
from courses.views.consequences import ACTS, CONSEQUENCES
from registry import words
from registry.errors import RegistryError
from tests.browser.visits import usually_seen
from tests.courses.visits import VISITS

SOURCES = Path(errors.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
PROBLEM = re.compile(r'problems\[[\w"]+\] = "(\w+)"')


@cache
def our_words() -> set[str]:
    """Every unbroken piece of Chinese in the texts of the site."""
    catalogues = SOURCES.parent.glob("*/locale/en/LC_MESSAGES/django.po")
    texts = [entry.msgid for path in catalogues for entry in polib.pofile(str(path))]
    return {piece for text in texts for piece in CHINESE.findall(text)}


def test_every_refusal_has_words() -> None:
    refusals = [
        kind
        for module in (errors, subsidy_errors, teaching_errors)
        for _name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, RegistryError)
    ]
    assert [kind.code for kind in refusals if not words.is_known(kind.code)] == []


def test_every_problem_of_a_field_has_words() -> None:
    codes = {
        code for path in SOURCES.glob("actions/*.py") for code in PROBLEM.findall(path.read_text("utf-8"))
    }
    assert {"hours_missing", "over_100", "cohort_too_long"} <= codes
    assert {code for code in codes if not words.is_known(code)} == set()


def test_every_move_has_a_button_and_says_what_it_brings_about() -> None:
    assert set(ACTS) == set(CONSEQUENCES) == set(MOVES)


@pytest.mark.django_db
# What is never marked as a text is found in every state of every page by tests/test_languages.py.
@pytest.mark.parametrize("name", usually_seen(VISITS))
def test_a_page_in_english_has_no_chinese_but_what_people_entered(client: Client, name: str) -> None:
    visit = VISITS[name]()
    if visit.account is not None:
        client.force_login(visit.account)
    in_english = {"accept-language": "en"}
    if visit.post is None:
        answer = client.get(visit.path, headers=in_english)
    else:
        answer = client.post(visit.path, visit.post, headers=in_english)
    assert answer.status_code == visit.meant
    content = answer.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    main = re.sub(r'<(\w+)[^>]* lang="zh-Hans"[^>]*>.*?</\1>', "", main, flags=re.DOTALL)
    # What was entered stays Chinese, and so do the words of the sheets; our own words do not.
    sheets = {"出勤", "迟到", "请假", "缺勤", "成绩", "姓名", "身份证号", "身份证号码", "手机", "花名册"}
    entered = {
        "课时",
        "计划",
        "年第",
        "秦州区",
        "优秀",
        "从教",
        "保健按摩师三级",
        "天水市人力资源和社会保障局",
    }
    entered |= {"天政办发"}  # the number of a document
    entered |= {"就业状况", "联系方式", "联系电话"}  # the columns of a partner's file
    entered |= {"培训费补贴", "一次性创业补贴", "合计"}  # on a notice, as the public reads it
    left = {text for text in CHINESE.findall(main) if text in our_words() - sheets - entered}
    assert left == set()


def test_the_states_read_well_in_traditional_characters() -> None:
    with translation.override("zh-hant"):
        assert str(ACTS["draft", "submitted"]) == "提交審核"


@pytest.mark.django_db
def test_an_unsigned_visitor_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("courses:cohorts"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("registry:sign-in"))
