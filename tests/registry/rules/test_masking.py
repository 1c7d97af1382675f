import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules import masking


@pytest.mark.parametrize(
    ("name", "masked", "spoken"),
    [
        ("张三", "张*", "张某"),
        ("张小明", "张**", "张某"),
        ("欧阳修", "欧阳*", "欧阳某"),
        ("欧阳修文", "欧阳**", "欧阳某"),
        ("欧阳", "欧*", "欧某"),
        ("古丽娜·买买提", "古丽*·***", "古丽某"),
        ("阿依·买买提", "阿*·***", "阿某"),
        ("𫖯三", "𫖯*", "𫖯某"),
        ("李　明", "李　*", "李某"),
        ("Anna Li", "A*** **", "A某"),
        ("张", "*", "某"),
        ("", "", "某"),
    ],
)
def test_names_show_the_surname_only(name, masked, spoken):
    assert masking.mask_name(name) == masked
    assert masking.spoken_mask_name(name) == spoken


def test_numbers_show_the_two_ends():
    assert masking.mask_citizen_id("620502197103150026") == "620502********0026"
    assert masking.mask_disability_number("62050219710315002611") == "620502********0026**"
    assert masking.mask_disability_number("62050219710315002611B1") == "620502********0026**B1"
    assert masking.mask_phone("13812341234") == "138****1234"
    assert masking.mask_phone("09388212345") == "*********45"


@given(st.text(max_size=30))
def test_a_malformed_number_shows_no_birth_date(text):
    if len(text) != 18:
        assert set(masking.mask_citizen_id(text)) <= {"*"}
    if len(text) < 20:
        assert set(masking.mask_disability_number(text)) <= {"*"}
    assert len(masking.mask_phone(text)) == len(text)
