import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules import names
from registry.rules.names import NameCharacters, NameMissing, NameTooLong, PersonNameError


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "古丽娜·买买提",
        "古丽娜•买买提",
        "古丽娜．买买提",
        "𫖯",  # extension C: outside the basic plane
        "王\U000300f7",  # extension G
        "李〇",
        "葛\U000e0100",  # with a variation selector
        "Anna Müller-Lüdenscheidt",
        "陈\ue863",  # as old systems wrote a rare character
    ],
)
def test_names_are_kept_exactly_as_entered(name):
    assert names.parse(name) == name


@pytest.mark.parametrize("around", [" {} ", "\u3000{}\u3000", "\u00a0{}\t\n", "\ufeff{}\u200b"])
def test_blanks_around_a_name_are_dropped(around):
    assert names.parse(around.format("古丽 娜尔")) == "古丽 娜尔"


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\u200b"])
def test_nothing_is_a_missing_name(text):
    with pytest.raises(NameMissing):
        names.parse(text)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("张三1", {"position": 3, "kind": "digit"}),
        ("张４三", {"position": 2, "kind": "digit"}),
        ("张\x00三", {"position": 2, "kind": "control"}),
        ("张\n三", {"position": 2, "kind": "control"}),
        ("张\u202e三", {"position": 2, "kind": "control"}),
        ("张\ud800三", {"position": 2, "kind": "control"}),
        ("张\ufffd", {"position": 2, "kind": "control"}),
    ],
)
def test_digits_and_invisible_characters_are_refused_where_they_stand(text, facts):
    with pytest.raises(NameCharacters) as refusal:
        names.parse(text)

    assert refusal.value.facts == facts


def test_fifty_characters_fit_and_one_more_does_not():
    assert names.parse("名" * 50) == "名" * 50
    with pytest.raises(NameTooLong):
        names.parse("名" * 51)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("古丽娜·买买提", "古丽娜•买买提"),
        ("古丽娜·买买提", "古丽娜．买买提"),
        ("古丽娜·买买提", "古丽娜 ・ 买买提"),
        ("张 三", "张三"),
        ("Ａnna", "anna"),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    assert names.same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("张三", "张叁"), ("古丽·买", "古丽买"), ("𫖯", "俯")])
def test_different_names_stay_different(one, other):
    assert not names.same_name(one, other)


def test_padding_blanks_and_private_characters_are_noticed():
    assert names.has_inner_blank("李\u3000明")
    assert not names.has_inner_blank("Anna Li")
    assert not names.has_inner_blank("李明")
    assert names.has_private_character("陈\ue863")
    assert not names.has_private_character("𫖯")


@given(st.text())
def test_any_text_gives_a_typed_error_or_a_name_a_database_keeps(text):
    with contextlib.suppress(PersonNameError):
        names.parse(text).encode()


def test_padding_between_the_characters_of_a_short_name_is_taken_out() -> None:
    assert names.parse("李\u3000明") == "李明"
    assert names.parse("李 小 明") == "李小明"


def test_any_other_inner_blank_stays_as_entered() -> None:
    assert names.parse("古丽 娜尔") == "古丽 娜尔"
    assert names.parse("Anna Li") == "Anna Li"
