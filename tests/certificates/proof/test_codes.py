"""Codes and numbers: made, read however people write them, and every common slip caught."""

import hashlib
import secrets
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from certificates.proof import codes
from certificates.proof.errors import AddressError, NumberError, ProofError

made_codes = st.binary(min_size=16, max_size=16).map(lambda seed: codes.new_code(lambda size: seed[:size]))
made_numbers = st.builds(
    codes.make_number,
    region_code=st.integers(1000, 9999).map(str),
    year=st.integers(2000, 2199),
    base_serial=st.integers(1, 9999),
    sequence=st.integers(1, 999_999),
)
either = st.one_of(
    made_codes.map(lambda text: (text, codes.parse_code)),
    made_numbers.map(lambda text: (text, codes.parse_number)),
)
characters = st.sampled_from(codes.ALPHABET)
Parser = Callable[[str], str]


def test_a_code_is_twelve_characters_of_the_alphabet() -> None:
    code = codes.new_code(secrets.token_bytes)
    assert len(code) == 12
    assert set(code) <= set(codes.ALPHABET)
    assert codes.parse_code(code) == code


def test_codes_do_not_repeat() -> None:
    assert len({codes.new_code(secrets.token_bytes) for _ in range(10_000)}) == 10_000


def test_the_same_random_bytes_give_the_same_code() -> None:
    seed = hashlib.sha256(b"seed").digest()
    assert codes.new_code(lambda size: seed[:size]) == codes.new_code(lambda size: seed[:size])


def test_the_alphabet_has_no_look_alikes_or_sound_alikes() -> None:
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 23
    assert not set("OQDILZSBGVETN") & set(codes.ALPHABET)


@given(either, st.data())
def test_every_single_wrong_character_is_caught(made: tuple[str, Parser], data: st.DataObject) -> None:
    text, parse = made
    place = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(characters)
    assume(wrong != text[place])
    with pytest.raises(ProofError):
        parse(text[:place] + wrong + text[place + 1 :])


@given(either, st.data())
def test_every_swap_of_two_characters_is_caught(made: tuple[str, Parser], data: st.DataObject) -> None:
    text, parse = made
    first = data.draw(st.integers(0, len(text) - 2))
    second = data.draw(st.integers(first + 1, len(text) - 1))
    assume(text[first] != text[second])
    swapped = list(text)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    with pytest.raises(ProofError):
        parse("".join(swapped))


@given(made_codes, st.integers(0, 9), characters, characters)
def test_every_doubled_pair_read_as_another_is_caught(code: str, place: int, right: str, wrong: str) -> None:
    assume(right != wrong)
    body = code[:place] + right * 2 + code[place + 2 : -1]
    good = next(body + last for last in codes.ALPHABET if _is_code(body + last))
    with pytest.raises(AddressError):
        codes.parse_code(good[:place] + wrong * 2 + good[place + 2 :])


def _is_code(text: str) -> bool:
    try:
        return codes.parse_code(text) == text
    except AddressError:
        return False


@given(either)
def test_what_is_printed_or_spoken_reads_back(made: tuple[str, Parser]) -> None:
    text, parse = made
    assert parse(codes.format_code(text)) == text
    assert parse(codes.spoken_code(text).replace("，", " ")) == text


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        lambda code: "-".join(codes.format_code(code).split()),
        lambda code: f"  {codes.format_code(code)}\n",
        lambda code: codes.format_code(code).replace(" ", "\u3000"),
        lambda code: codes.format_code(code).replace(" ", "–"),
        lambda code: "".join(chr(ord(character) + 0xFEE0) for character in code),
        lambda code: code.replace("0", "o").replace("1", "l").replace("5", "s").replace("2", "z"),
    ],
    ids=["lower case", "dashes", "spaces", "ideographic spaces", "en dashes", "full width", "look-alikes"],
)
@given(code=made_codes)
def test_a_code_reads_however_it_is_written(write: Callable[[str], str], code: str) -> None:
    assert codes.parse_code(write(code)) == code


@given(st.text(max_size=200))
def test_garbage_is_refused_with_a_typed_error(text: str) -> None:
    for parse, error in ((codes.parse_code, AddressError), (codes.parse_number, NumberError)):
        try:
            parse(text)
        except error:
            continue
        # By chance a real one: then printing it must read back.
        assert parse(codes.format_code(parse(text))) == parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "code_length"),
        ("0" * 11, "code_length"),
        ("0" * 100_000, "code_length"),
        ("0" * 11 + "N", "code_characters"),
        ("0" * 11 + "中", "code_characters"),
        ("0" * 12, "code_check"),
    ],
)
def test_a_refused_code_says_why(text: str, reason: str) -> None:
    with pytest.raises(AddressError) as refusal:
        codes.parse_code(text)
    assert (refusal.value.code, refusal.value.step) == (reason, 1)


def test_a_number_shows_region_year_base_and_sequence() -> None:
    number = codes.make_number(region_code="6205", year=2024, base_serial=17, sequence=342)
    assert codes.format_number(number) == "6205 2024 0017 P000 342A"
    assert codes.spoken_number(number) == "6 2 0 5，2 0 2 4，0 0 1 7，P 0 0 0，3 4 2 A"
    assert codes.parse_number("6205 2024 0017 p000 342a") == number


@given(made_numbers)
def test_a_number_is_never_all_digits_nor_as_long_as_an_official_one(number: str) -> None:
    assert len(number) not in (16, 18, 22)
    assert not number.isdigit()
    assert not number[:17].isdigit()


@pytest.mark.parametrize(
    "part",
    [
        {"region_code": "620"},
        {"region_code": "0205"},
        {"region_code": "62 5"},
        {"region_code": "６２０５"},
        {"year": 1999},
        {"year": 24},
        {"base_serial": 0},
        {"base_serial": 10_000},
        {"sequence": 0},
        {"sequence": 1_000_000},
    ],
)
def test_a_number_refuses_a_part_out_of_range(part: dict[str, object]) -> None:
    parts: dict[str, object] = {"region_code": "6205", "year": 2024, "base_serial": 17, "sequence": 342}
    with pytest.raises(NumberError) as refusal:
        codes.make_number(**(parts | part))  # type: ignore[arg-type]
    assert refusal.value.code == "number_part"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("6205 2024 0017", "number_length"),
        ("6205 2024 0017 P000 342N", "number_characters"),
        ("6205 2024 0017 0000 342A", "number_layout"),
        ("6205 2024 0017 P000 3420", "number_check"),
    ],
)
def test_a_refused_number_says_why(text: str, reason: str) -> None:
    with pytest.raises(NumberError) as refusal:
        codes.parse_number(text)
    assert refusal.value.code == reason
