"""Numbers of persons in texts that others will read."""

import pytest

from registry.rules.personal_numbers import holds_personal_number


@pytest.mark.parametrize(
    "text",
    [
        "身份证 620502198503150011",
        "62050219850315001X。",
        "６２０５０２１９８５０３１５００１１",
        "620502 19850315 0011",
        "620502-1985-0315-0011",
        "残疾人证62050219850315001112B1",
        "打 138 1234 5678",
        "138-1234-5678",
        "电话13812345678",
    ],
)
def test_a_number_is_found_however_it_is_written(text):
    assert holds_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024年6月3日",
        "2024-06-03 至 2024-06-10",
        "甘残发〔2024〕15号",
        "共 120 课时，80 分",
        "9162050000000001",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not holds_personal_number(text)
