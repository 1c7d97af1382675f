"""Line breaking: Chinese rules, and no character lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from certificates.faces.wrap import NOT_FIRST, NOT_LAST, wrap, wrap_name

texts = st.text(
    st.sampled_from("培训合格证书张王李·，。（）《》“”、abcXYZ019 -.年月日𠅤") | st.characters(), max_size=80
)
widths = st.integers(1, 30)


def cells(text: str) -> int:
    """A measure by which Chinese characters are twice as wide as Latin ones."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


@given(texts, widths)
def test_no_character_is_lost_added_or_moved(text, width):
    assert "".join(wrap(text, width, cells)) == text
    assert "".join(wrap_name(text, width, cells)) == text


@given(texts, widths)
def test_no_line_is_wider_than_the_column(text, width):
    for line in wrap(text, width, cells) + wrap_name(text, width, cells):
        assert cells(line.rstrip()) <= width or len(line.strip()) <= 1


@given(st.text(st.sampled_from("培训合格证书，。（）《》、"), max_size=60))
def test_no_line_begins_or_ends_with_the_wrong_mark(text):
    # As wide as the longest run that may not be broken: there is then no excuse.
    lines = wrap(text, 2 * _longest_run(text), cells)
    assert all(line[0] not in NOT_FIRST for line in lines[1:])
    assert all(line[-1] not in NOT_LAST for line in lines[:-1])


def _longest_run(text: str) -> int:
    """Characters of the longest stretch that may not be broken, at most."""
    longest = run = 1
    for before, after in pairwise(text):
        run = run + 1 if after in NOT_FIRST or before in NOT_LAST else 1
        longest = max(longest, run)
    return longest


def test_a_comma_takes_its_character_with_it():
    assert wrap("完成下列培训，考核合格", 12, cells) == ["完成下列培", "训，考核合格"]


def test_a_bracket_opens_on_the_line_of_its_words():
    assert wrap("直播运营（第三期）", 10, cells) == ["直播运营", "（第三期）"]


def test_latin_words_and_dates_stay_whole():
    assert wrap("Certificate of Training", 15, cells) == ["Certificate of ", "Training"]
    assert wrap("2023年3月1日至2023年6月30日", 20, cells) == ["2023年3月1日至", "2023年6月30日"]


def test_a_long_name_breaks_only_after_a_middle_dot():
    assert wrap_name("阿卜杜热合曼·吐尔逊·买买提", 18, cells) == ["阿卜杜热合曼·", "吐尔逊·买买提"]


def test_a_part_longer_than_the_line_is_cut():
    assert wrap("甲乙丙丁", 4, cells) == ["甲乙", "丙丁"]
    assert wrap("abcdef", 4, cells) == ["abcd", "ef"]


def test_nothing_is_one_empty_line():
    assert wrap("", 10, cells) == [""]
