"""Codes, questions and who is called."""

import pytest

from courses.rules.evaluations import Question, drawn, read_code, spot_calls


@pytest.mark.parametrize(("size", "calls"), [(0, 0), (1, 1), (10, 1), (11, 2), (40, 4), (41, 5)])
def test_a_tenth_of_the_class_is_called_rounded_up(size, calls):
    assert spot_calls(size) == calls


def test_who_is_called_is_chance_and_nobody_twice():
    rows = list(range(40))
    draws = [frozenset(drawn(rows, 4)) for _time in range(30)]
    assert {len(draw) for draw in draws} == {4}
    assert len(set(draws)) > 1
    assert drawn([1, 2], 5) in ([1, 2], [2, 1])


def test_the_same_words_are_the_same_question_in_a_later_version():
    assert Question.asked("好不好？").key == Question.asked("好不好？", "Good?").key
    assert Question.asked("好不好？").key != Question.asked("行不行？").key


@pytest.mark.parametrize("text", ["0123456789", "0123 4567 89", "０123456789", "012-345-6789", "123456789"])
def test_a_code_is_read_however_it_is_grouped(text):
    assert read_code(text) == ("0123456789" if text[0] == "0" else "")
