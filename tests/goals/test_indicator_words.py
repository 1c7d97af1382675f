"""Every indicator, measure, unit and cell has its words."""

from pathlib import Path

from django.utils import translation

from certificates.models.external import Family
from courses.models.employment import EmploymentForm
from goals import indicator_words
from goals.indicator_words import amount, cell_name
from goals.measure_words import MEASURES
from goals.rules import measures
from goals.rules.indicators import FAMILIES, FORMS, INDICATORS, Group, Unit
from registry.models.standing import DisabilityCategory
from registry.rules.hardship import Hardship

OF_OTHER_THINGS = {"base_coverage", "target_attainment", "validation_failure_rate"}


def test_every_indicator_has_a_name_and_a_definition_of_one_sentence() -> None:
    keys = set(INDICATORS) | OF_OTHER_THINGS
    assert set(indicator_words.NAMES) == set(indicator_words.DEFINITIONS) == keys
    with translation.override("zh-hans"):
        names = [str(name) for name in indicator_words.NAMES.values()]
        assert len(set(names)) == len(names)
        assert all(str(text).count("。") == 1 for text in indicator_words.DEFINITIONS.values())


def test_every_measure_group_and_unit_has_a_name() -> None:
    forms = {f"placed_{form}" for form in EmploymentForm} | {f"external_{family}" for family in Family}
    assert set(MEASURES) == measures.MEASURES | forms
    assert (set(FORMS), set(FAMILIES)) == (set(EmploymentForm), set(Family))
    assert set(indicator_words.GROUPS) == set(Group)
    assert set(indicator_words.UNITS) == set(Unit) - {Unit.SHARE}


def test_every_indicator_divides_measures_that_there_are() -> None:
    for indicator in INDICATORS.values():
        used = f"{indicator.numerator}+{indicator.denominator}".strip("+").split("+")
        assert set(used) <= set(MEASURES), indicator.key


def test_cells_are_named_and_those_of_rows_by_whoever_knows_the_rows() -> None:
    with translation.override("zh-hans"):
        assert [cell_name(cell) for cell in ("", "sex:male", "age:25-34", "age:60+", "grade:none")] == [
            "全部人员",
            "男",
            "25–34 岁",
            "60 岁以上",
            "没有登记残疾人证",
        ]
        assert cell_name("base:12", {"base:12": "秦州区第一基地"}) == "秦州区第一基地"
        named = {f"hardship:{one}" for one in Hardship} | {f"disability:{one}" for one in DisabilityCategory}
        assert all(cell_name(cell) != cell.split(":")[1] for cell in named)
    with translation.override("en"):
        assert cell_name("age:25-34") == "Aged 25–34"


def test_amounts_carry_their_unit() -> None:
    with translation.override("en"):
        assert (amount("persons", 1), amount("enrolments", 12_345)) == ("1 person", "12,345 trainings")


def test_the_document_has_every_indicator_with_its_formula() -> None:
    text = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text()
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    for key, indicator in INDICATORS.items():
        named, formula = key, indicator.numerator
        for ending in (*FORMS, *FAMILIES):
            kind = "<form>" if ending in FORMS else "<family>"
            if key.endswith(f"s_{ending}"):
                named, formula = key.replace(ending, kind), formula.replace(ending, kind)
        if indicator.denominator:
            formula += f"` ÷ `{indicator.denominator}"
        assert any(line.startswith(f"| `{named}`") and f"| `{formula}` |" in line for line in lines), key


def test_the_document_says_what_every_measure_adds() -> None:
    text = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text()
    assert [name for name in measures.MEASURES if f"`{name}`" not in text] == []
