"""Every code that a roster can answer with has its words, in which each fact has its place."""

import string

import pytest

from courses import roster_words
from courses.rules.roster_columns import ROSTER_COLUMNS
from courses.rules.roster_problems import ProblemCode
from courses.workbooks import errors as workbook_errors
from courses.workbooks.tables import SkipReason
from registry import words


@pytest.mark.parametrize("code", list(ProblemCode))
def test_every_problem_has_its_words(code):
    assert f"roster.{code}" in roster_words.ROSTER_WORDS or words.is_known(code)


def test_every_refusal_of_a_file_has_its_words():
    kinds = [kind for kind in vars(workbook_errors).values() if isinstance(kind, type)]
    codes = {kind.code for kind in kinds if issubclass(kind, workbook_errors.WorkbookError)}
    assert len(codes) > 15
    assert codes <= set(roster_words.ROSTER_WORDS)


def test_every_reason_to_skip_a_row_has_its_words():
    assert {f"rows_skipped_{reason}" for reason in SkipReason} <= set(roster_words.ROSTER_WORDS)


def test_the_labels_are_those_of_the_columns():
    read = {column.key: column.label for column in ROSTER_COLUMNS if column.is_read}
    assert {key: str(label) for key, label in roster_words.FIELD_LABELS.items()} == read


@pytest.mark.parametrize("code", sorted(roster_words.ROSTER_WORDS))
def test_the_words_ask_only_for_facts_by_name(code):
    fields = [
        name for _text, name, _spec, _kind in string.Formatter().parse(str(roster_words.ROSTER_WORDS[code]))
    ]
    assert all(name is None or name.isidentifier() for name in fields)


def test_a_long_list_of_what_is_expected_is_cut():
    said = roster_words.say_problem("choice_unknown", {"expected": [f"第{n}族" for n in range(56)]})
    assert said.count("、") == 11
    assert "…" in said
