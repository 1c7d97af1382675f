import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from registry.rules import citizen_ids
from registry.rules.citizen_ids import (
    AgeBand,
    CitizenIdAge,
    CitizenIdBirthDate,
    CitizenIdCharacters,
    CitizenIdChecksum,
    CitizenIdError,
    CitizenIdFuture,
    CitizenIdLength,
    CitizenIdMissing,
    Sex,
)

TODAY = date(2024, 5, 1)
BODIES = st.from_regex(r"\A[0-9]{17}\Z")


def number(body: str) -> str:
    return body + citizen_ids.check_character(body)


def test_person_born_in_1951_in_tianshui_is_accepted():
    parsed = citizen_ids.parse(number("62050219510315001"), on=TODAY)

    assert parsed.birth_date == date(1951, 3, 15)
    assert parsed.region_code == "620502"
    assert parsed.sex is Sex.MALE


def test_number_that_stdnum_refuses_for_its_place_is_accepted():
    assert not ric.is_valid("620502197103150026")

    assert citizen_ids.parse("620502197103150026", on=TODAY).sex is Sex.FEMALE


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 11010519491231002X ",
        "'11010519491231002X",
        "\u201811010519491231002X",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "110105\u00a019491231\u2013002X",
        "\u200b11010519491231002X\n",
        "１１０１０５１９４９１２３１００２ｘ",
    ],
)
def test_what_people_type_around_a_number_is_forgiven(typed):
    assert citizen_ids.parse(typed, on=TODAY).value == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "error", "facts"),
    [
        ("", CitizenIdMissing, {}),
        (" \u3000'", CitizenIdMissing, {}),
        ("620502710315002", CitizenIdLength, {"length": 15, "expected": 18}),
        ("6205021971031500266", CitizenIdLength, {"length": 19, "expected": 18}),
        ("62O502197103150026", CitizenIdCharacters, {"position": 3}),
        ("62050219710315002A", CitizenIdCharacters, {"position": 18}),
        ("X20502197103150026", CitizenIdCharacters, {"position": 1}),
        (number("62050219710231002"), CitizenIdBirthDate, {}),
        (number("62050219001301002"), CitizenIdBirthDate, {}),
        (number("62050200000101002"), CitizenIdBirthDate, {}),
        (number("62050220990101002"), CitizenIdFuture, {}),
        (number("62050219000101002"), CitizenIdAge, {"limit": 120}),
        ("620502197103150027", CitizenIdChecksum, {}),
    ],
)
def test_each_fault_has_its_own_error(typed, error, facts):
    with pytest.raises(CitizenIdError) as refusal:
        citizen_ids.parse(typed, on=TODAY)

    assert type(refusal.value) is error
    assert refusal.value.facts == facts


def test_someone_born_on_the_day_of_asking_is_accepted_and_tomorrow_is_not():
    assert citizen_ids.parse(number("62050220240501002"), on=TODAY).birth_date == TODAY
    with pytest.raises(CitizenIdFuture):
        citizen_ids.parse(number("62050220240502002"), on=TODAY)


def test_neither_repr_nor_error_shows_the_number():
    parsed = citizen_ids.parse("620502197103150026", on=TODAY)
    with pytest.raises(CitizenIdError) as refusal:
        citizen_ids.parse("620502197103150027", on=TODAY)

    assert "1971" not in repr(parsed)
    assert "1971" not in str(refusal.value) + repr(refusal.value)


@given(BODIES)
def test_check_character_agrees_with_stdnum(body):
    assert citizen_ids.check_character(body) == ric.calc_check_digit(body + "0")


@given(
    st.dates(date(1905, 1, 1), TODAY),
    st.integers(110000, 659999),
    st.integers(1, 999),
)
def test_every_well_formed_number_is_read_back_whole(born, region, order):
    text = number(f"{region}{born:%Y%m%d}{order:03}")

    parsed = citizen_ids.parse(text, on=TODAY)

    assert (parsed.value, parsed.birth_date, parsed.region_code) == (text, born, str(region))
    assert parsed.sex is (Sex.MALE if order % 2 else Sex.FEMALE)


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(born, position, shift):
    text = number(f"620502{born:%Y%m%d}002")
    wrong = text[:position] + str((int(text[position]) + shift) % 10) + text[position + 1 :]

    with pytest.raises(CitizenIdError):
        citizen_ids.parse(wrong, on=TODAY)


@given(st.text())
def test_any_text_gives_a_typed_error_or_a_number(text):
    with contextlib.suppress(CitizenIdError):
        assert len(citizen_ids.parse(text, on=TODAY).value) == 18


def test_region_is_known_when_it_was_ever_in_force_and_for_residence_permits():
    known = {"620502", "120225"}

    assert citizen_ids.is_known_region("120225", known)
    assert citizen_ids.is_known_region("830000", known)
    assert not citizen_ids.is_known_region("629999", known)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 5, 2), date(2024, 5, 1), 15),
        (date(2008, 5, 1), date(2024, 5, 1), 16),
        (date(2008, 2, 29), date(2023, 2, 28), 14),
        (date(2008, 2, 29), date(2023, 3, 1), 15),
    ],
)
def test_age_counts_whole_years(born, on, years):
    assert citizen_ids.age(born, on) == years


@pytest.mark.parametrize(
    ("sex", "years", "inside"),
    [
        (Sex.MALE, 15, False),
        (Sex.MALE, 16, True),
        (Sex.MALE, 59, True),
        (Sex.MALE, 60, False),
        (Sex.FEMALE, 16, True),
        (Sex.FEMALE, 54, True),
        (Sex.FEMALE, 55, False),
    ],
)
def test_working_age_bands_include_both_ends(sex, years, inside):
    born = date(TODAY.year - years, TODAY.month, TODAY.day) - timedelta(days=1)

    assert citizen_ids.in_working_age(sex, born, TODAY) is inside


def test_a_programme_may_bring_its_own_bands():
    bands = {Sex.MALE: AgeBand(16, 65), Sex.FEMALE: AgeBand(16, 65)}

    assert citizen_ids.in_working_age(Sex.FEMALE, date(1960, 1, 1), TODAY, bands)
