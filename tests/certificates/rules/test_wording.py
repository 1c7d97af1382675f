"""What a certificate must not say."""

import pytest

from certificates.rules.wording import DEFAULT_TITLE, disclosing_word, misleading_word, neutral_name
from registry.rules.disclosure import DISCLOSING_WORDS


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("保健按摩", "保健按摩"),
        ("盲人保健按摩", "保健按摩"),
        ("盲人保健按摩初级班", "保健按摩初级班"),
        ("残疾人电子商务培训", "电子商务培训"),
        ("面向残疾人士的网店运营", "网店运营"),
        ("刺绣（聋哑人）", "刺绣"),
        ("盲人", ""),
        ("特殊教育学校课程", ""),
    ],
)
def test_a_name_keeps_the_trade_and_drops_the_trainees(name: str, printed: str) -> None:
    assert neutral_name(name) == printed


@pytest.mark.parametrize(
    "title", ["残疾人培训证书", "殘障人士證書", "Certificate for the Blind", "DEAF学员证书", "特教结业证"]
)
def test_a_disclosing_title_is_seen(title: str) -> None:
    assert disclosing_word(title)


def test_every_name_that_registering_refuses_is_refused_on_paper_too() -> None:
    for word in (*DISCLOSING_WORDS, "blind", "Deafness", "disabilities", "handicapped"):
        assert disclosing_word(f"{word} 电商班"), word
    assert not disclosing_word("Window blinds making")


def test_an_installation_adds_its_own_words() -> None:
    assert disclosing_word("阳光家园培训证书") == ""
    assert disclosing_word("阳光家园培训证书", ["阳光家园"]) == "阳光家园"


@pytest.mark.parametrize("title", ["医疗按摩合格证书", "职业资格证书", "专项职业能力证书", "大学毕业证"])
def test_a_title_of_another_authority_is_seen(title: str) -> None:
    assert misleading_word(title)


def test_our_own_title_is_fine() -> None:
    assert not disclosing_word(DEFAULT_TITLE)
    assert not misleading_word(DEFAULT_TITLE)
