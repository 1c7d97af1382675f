"""Numbers of other authorities, places in the status list, names that open a certificate."""

import pytest

from certificates.rules.external_numbers import doubts, tidy
from certificates.rules.holder_names import is_holder
from certificates.rules.status_indexes import BLOCK, LAST_BLOCK, block_for


@pytest.mark.parametrize(
    ("family", "number", "level", "expected"),
    [
        ("qualification", "2010000000501234", 5, []),
        ("qualification", "1234567890123", 0, []),
        ("qualification", "123456", 0, ["number_form_qualification"]),
        ("qualification", "2010000000501234", 3, ["number_level"]),
        ("skill_level", "S000023000001245000001", 0, []),
        ("skill_level", "S000023000001215000001", 5, []),
        ("skill_level", "S000023000001213000001", 5, ["number_level"]),
        ("skill_level", "AB00002300000124500000", 0, []),
        ("skill_level", "X12", 0, ["number_form_skill_level"]),
        ("special_ability", "任意编号", 0, []),
    ],
)
def test_an_odd_number_is_doubted_never_refused(
    family: str, number: str, level: int, expected: list[str]
) -> None:
    assert doubts(family, number, level=level) == expected


def test_a_number_is_stored_in_one_spelling() -> None:
    assert tidy(" ｓ0000-2300 0001\u30002450 ") == "S0000230000012450"


@pytest.mark.parametrize(
    ("typed", "name", "fits"),
    [
        ("张三", "张三", True),
        ("张", "张三", True),
        ("三", "张三", False),
        ("欧阳", "欧阳修文", True),
        ("欧", "欧阳修文", False),
        ("古丽娜", "古丽娜·买买提", True),
        ("古丽", "古丽娜·买买提", False),
        ("古丽娜・买买提", "古丽娜·买买提", True),
        ("", "张三", False),
        ("　", "张三", False),
        ("某", "张三", False),
    ],
)
def test_the_full_name_or_the_surname_opens_a_certificate(typed: str, name: str, fits: bool) -> None:
    assert is_holder(typed, name) is fits


def test_status_places_come_from_a_block_that_is_at_most_half_full() -> None:
    assert block_for(0) == range(BLOCK)
    assert block_for(BLOCK // 2 - 1) == range(BLOCK)
    assert block_for(BLOCK // 2) == range(BLOCK, 2 * BLOCK)
    assert block_for((LAST_BLOCK + 1) * BLOCK // 2 - 1).stop == 2**31
    with pytest.raises(OverflowError):
        block_for((LAST_BLOCK + 1) * BLOCK // 2)
