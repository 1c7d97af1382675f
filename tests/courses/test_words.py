"""Every refusal and problem of `courses` has words, and every page speaks the reader's language."""

import inspect
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from courses import errors
from courses.rules.cohorts import MOVES
from courses.views.consequences import ACTS, CONSEQUENCES
from registry import words
from registry.errors import RegistryError
from tests.courses.visits import VISITS

SOURCES = Path(errors.__file__).parent
PROBLEM = re.compile(r'problems\[[\w"]+\] = "(\w+)"')


def test_every_refusal_has_words() -> None:
    refusals = [
        kind for _name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, RegistryError)
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
@pytest.mark.parametrize("name", VISITS)
def test_a_page_in_english_has_no_chinese_but_what_people_entered(client: Client, name: str) -> None:
    visit = VISITS[name]()
    client.force_login(visit.account)
    in_english = {"accept-language": "en"}
    if visit.post is None:
        answer = client.get(visit.path, headers=in_english)
    else:
        answer = client.post(visit.path, visit.post, headers=in_english)
    assert answer.status_code == visit.meant
    content = answer.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    # What was entered, and words of the sheets, which stay Chinese in every language.
    entered = {
        "直播销售第",
        "项",
        "年第",
        "期",
        "第",
        "残疾人职业培训基地",
        "秦州区第",
        "日期需要调整",
        "出勤",
        "迟到",
        "请假",
        "缺勤",
        "成绩",
        "姓名",
        "身份证号",
        "身份证号码",
        "手机",
        # The file's name, the address in it, and what the visits type wrongly.
        "花名册",
        "秦州区",
        "早退",
        "优秀",
    }
    # Surnames of the roster's people, as they are seen and heard when masked (张*, 张某).
    entered |= {text for surname in "吴钱李孙赵周" for text in (surname, f"{surname}某")} | {"古丽", "古丽某"}
    names = {"伟", "芳", "娜", "敏"}
    left = {
        text
        for text in re.findall(r"[\u4e00-\u9fff]+", main)
        if text not in entered and not any(given in text for given in names)
    }
    assert left == set()


def test_the_states_read_well_in_traditional_characters() -> None:
    with translation.override("zh-hant"):
        assert str(ACTS["draft", "submitted"]) == "提交審核"


@pytest.mark.django_db
def test_an_unsigned_visitor_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("courses:cohorts"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("registry:sign-in"))
