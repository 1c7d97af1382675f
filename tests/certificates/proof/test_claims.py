"""Claims: what may be signed, and nothing else."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof import cbor
from certificates.proof.claims import Claims
from certificates.proof.errors import ClaimsError

# Extension B, E and G characters, the middle dots, kana, Latin with accents composed in NFC.
names = st.text(alphabet="李明月王㛃𠅤𬱖𰻝·•のé ", min_size=1, max_size=20).filter(
    lambda name: name == name.strip() and len(name.encode()) <= 128
)
any_claims = st.builds(
    Claims,
    name=names,
    skill=st.integers(1, 99_999),
    level=st.integers(0, 5),
    hours=st.integers(1, 9_999),
    issued_on=st.dates(date(2020, 1, 1), date(2119, 12, 31)),
    base=st.integers(1, 2**32 - 1),
    status_index=st.integers(0, 2**32 - 1),
)


@given(any_claims)
def test_claims_come_back_from_their_bytes(claims: Claims) -> None:
    assert Claims.from_map(cbor.decode(cbor.encode(claims.to_map()))) == claims


def test_claims_hold_nothing_about_disability_or_identity() -> None:
    assert [field.name for field in fields(Claims)] == [
        "name",
        "skill",
        "level",
        "hours",
        "issued_on",
        "base",
        "status_index",
        "version",
    ]


def test_skill_and_level_share_one_integer(claims: Claims) -> None:
    assert claims.to_map() == {0: 1, 1: "李明月", 2: 205, 3: 120, 4: 1630, 5: 1705, 6: 123456}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": 2}, "claims_version"),
        ({"version": True}, "claims_version"),
        ({"name": ""}, "claims_name"),
        ({"name": None}, "claims_name"),
        ({"name": " 李明"}, "claims_name"),
        ({"name": "李明 "}, "claims_name"),
        ({"name": "李\u200b明"}, "claims_name"),
        ({"name": "李\u00a0明"}, "claims_name"),
        ({"name": "\ud800"}, "claims_name"),
        ({"name": "e\u0301"}, "claims_name"),
        ({"name": "李" * 43}, "claims_name"),
        ({"skill": 0}, "claims_skill"),
        ({"skill": 100_000}, "claims_skill"),
        ({"skill": True}, "claims_skill"),
        ({"skill": "20"}, "claims_skill"),
        ({"level": 6}, "claims_skill"),
        ({"level": -1}, "claims_skill"),
        ({"hours": 0}, "claims_hours"),
        ({"hours": 1.5}, "claims_hours"),
        ({"issued_on": date(2019, 12, 31)}, "claims_issued_on"),
        ({"issued_on": date(2120, 1, 1)}, "claims_issued_on"),
        ({"issued_on": datetime(2024, 6, 18)}, "claims_issued_on"),
        ({"issued_on": "2024-06-18"}, "claims_issued_on"),
        ({"base": 0}, "claims_base"),
        ({"base": 2**32}, "claims_base"),
        ({"status_index": -1}, "claims_status_index"),
        ({"status_index": 2**32}, "claims_status_index"),
    ],
)
def test_a_value_that_must_not_be_signed_is_refused(
    claims: Claims, change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ClaimsError) as refusal:
        replace(claims, **change)
    assert refusal.value.code == reason


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.integers(0, 8), inner, max_size=8),
    max_leaves=10,
)


@given(anything | st.fixed_dictionaries({0: st.just(1), **dict.fromkeys(range(1, 7), anything)}))
def test_any_content_is_read_or_refused_with_a_typed_error(content: Any) -> None:
    try:
        claims = Claims.from_map(content)
    except ClaimsError:
        return
    assert claims.to_map() == content


def test_an_error_never_repeats_the_name(claims: Claims) -> None:
    with pytest.raises(ClaimsError) as refusal:
        replace(claims, name="李明月\u200b")
    assert "李" not in str(refusal.value)
