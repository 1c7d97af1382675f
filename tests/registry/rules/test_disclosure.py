"""Names that would tell an employer that the holder of a certificate has a disability."""

import pytest

from registry.rules.disclosure import discloses_disability, disclosing_word


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("秦州区残疾人职业培训学校", "残疾"),
        ("某市视障人员按摩班", "视障"),
        ("視障人員按摩班", "視障"),
        ("听障烘焙工坊", "听障"),
        ("聽障烘焙工坊", "聽障"),
        ("肢残就业帮扶中心", "肢残"),
        ("肢殘就業中心", "肢殘"),
        ("School for the Blind", "Blind"),
        ("deaf工作室", "deaf"),
        ("Centre for DISABLED persons", "DISABLED"),
        ("Disability employment service", "Disability"),
        ("Federation of People with Disabilities", "Disabilities"),
        ("Handicapped workers' workshop", "Handicapped"),
        ("blind_massage", "blind"),
        ("盲　人按摩", "盲人"),
        ("残 疾人之家", "残疾"),
        ("ｂｌｉｎｄ workshop", "blind"),
    ],
)
def test_a_name_that_tells_a_disability_is_seen(name: str, word: str) -> None:
    assert disclosing_word(name) == word
    assert discloses_disability(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "天水市职业技能培训学校",
        "保健按摩",
        "Window blinds making",  # 百叶窗: a trade
        "Sandeafield pottery",
        "障子制作",
        "无障碍设计",
        "Enabled web design",
    ],
)
def test_a_neutral_name_passes(name: str) -> None:
    assert not discloses_disability(name)
