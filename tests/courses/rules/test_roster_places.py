"""Which county an address names, for rosters of a base in 秦州区 of 天水市."""

import pytest

from courses.rules.roster_places import Places, Unit, county_of, places

PATH = "000000/620000/620500/620502/"


def a_county(code: str, name: str, *, prefecture: str = "620500", **more: object) -> Unit:
    province = code[:2] + "0000"
    return Unit(code, name, "county", f"000000/{province}/{prefecture}/{code}/", **more)


UNITS = [
    Unit("000000", "全国", "nation", "000000/"),
    Unit("620000", "甘肃省", "province", "000000/620000/"),
    Unit("350000", "福建省", "province", "000000/350000/"),
    Unit("620500", "天水市", "prefecture", "000000/620000/620500/"),
    Unit("620100", "兰州市", "prefecture", "000000/620000/620100/"),
    a_county("620502", "秦州区"),
    a_county("620503", "麦积区"),
    a_county("620521", "清水县"),
    a_county("620525", "张家川回族自治县"),
    a_county("620102", "城关区", prefecture="620100"),
    a_county("620599", "城关区"),
    a_county("620571", "新城区"),
    a_county("620572", "城区"),
    a_county("620520", "北道区", is_retired=True, successor="620503"),
    a_county("620519", "老县", is_retired=True),
    a_county("350102", "鼓楼区", prefecture="350100"),
]


@pytest.fixture
def around() -> Places:
    return places(UNITS, base_path=PATH)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("甘肃省天水市麦积区道北街道", "620503"),
        ("麦积区", "620503"),
        ("甘肃省 天水市　清水县", "620521"),
        ("张家川回族自治县龙山镇", "620525"),
        ("张家川县龙山镇", "620525"),
        ("张家川龙山镇", "620525"),
        ("秦州玉泉镇", "620502"),
        ("天水市秦州玉泉镇", "620502"),
        ("甘肃天水清水永清镇", "620521"),
        ("620503道北街道", "620503"),
        ("北道区花牛镇", "620503"),
        ("兰州市城关区张掖路", "620102"),
        ("城关区张掖路", "620599"),
        ("新城区长乐路", "620571"),
    ],
)
def test_an_address_that_names_one_county_leads_to_it(around, address, code):
    assert county_of(address, around) == code


@pytest.mark.parametrize(
    "address",
    [
        "",
        "幸福路8号",
        "秦州区或麦积区",
        "福建省福州市鼓楼区",
        "福建城关区",
        "741000天水",
        "999999",
        "老县东街",
        "6205021971031500260",
    ],
)
def test_an_address_that_names_none_or_several_leads_nowhere(around, address):
    assert county_of(address, around) is None
