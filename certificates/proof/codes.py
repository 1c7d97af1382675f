"""The two things people say aloud: a certificate's code and its number.

The *code* (12 characters) is random and stands in the certificate's address; knowing it opens the page.
The *number* (20 characters) is built from region, year, base and sequence; it is printed and filed.

Both use 23 characters and end in a check character. Letters that look like a digit or another letter
(B D G I L O Q S Z V) or sound like one in Chinese or English (E like 一, T like P, N like M) are left out.

The check is ISO 7064's pure system with modulus 23 and radix 5: every character's value, from left to
right, `total = total * 5 + value`, and the whole text must leave 1 modulo 23. As 23 is prime and 5 is a
primitive root of it, every wrong single character, every swap of two characters (adjacent or not), and
every doubled pair read as another (AA for BB) is caught, up to 22 characters.
"""

import re
import unicodedata
from collections.abc import Callable

from .errors import AddressError, NumberError

ALPHABET = "0123456789ACFHJKMPRUWXY"
CODE_LENGTH = 12
NUMBER_LENGTH = 20
# P (培训 peixun) in the middle keeps the number from being all digits: it can never be taken for a 16-digit
# or 22-character 人社 number, an 18-character citizen ID or a 20-digit 残疾人证 number.
NUMBER_LETTER = "P"

_MODULUS = 23
_RADIX = 5
_LONGEST_INPUT = 100
_SEPARATORS = re.compile(r"[ \t\r\n.\-\u00b7\u2010-\u2015\u2212\u30fb]")
# What people write for a character that the alphabet leaves out because it looks like one it has.
_LOOK_ALIKES = str.maketrans("ODQILZSB", "00011258")


def new_code(randbytes: Callable[[int], bytes]) -> str:
    """A new random code, 49.8 bits. `randbytes` is `secrets.token_bytes` outside tests.

    128 bits would not be sayable, so guessing is limited at the door instead.
    """
    # 16 random bytes for 50 bits: the modulo's bias is below 2^-78.
    value = int.from_bytes(randbytes(16), "big") % len(ALPHABET) ** (CODE_LENGTH - 1)
    body = ""
    for _ in range(CODE_LENGTH - 1):
        value, digit = divmod(value, len(ALPHABET))
        body = ALPHABET[digit] + body
    return body + _check_character(body)


def parse_code(text: str) -> str:
    """The code in what someone typed, said or scanned: any case, width, spaces, dashes; O for 0, I for 1.

    Raises AddressError: code_length, code_characters, code_check.
    """
    code = _tidy(text)
    if len(code) != CODE_LENGTH:
        raise AddressError("code_length")
    if not _in_alphabet(code):
        raise AddressError("code_characters")
    if _remainder(code) != 1:
        raise AddressError("code_check")
    return code


def format_code(code: str) -> str:
    """A code as it is printed: three groups of four."""
    return _grouped(code)


def spoken_code(code: str) -> str:
    """A code for a screen reader: each character by itself, a pause between groups."""
    return _spoken(code)


def make_number(*, region_code: str, year: int, base_serial: int, sequence: int) -> str:
    """A certificate number: `6205 2024 0017 P003 42K`-like, without the spaces.

    `region_code` is the first four digits of the base's GB/T 2260 code, `base_serial` the base's serial in
    that region (1–9999), `sequence` the gap-free sequence of that base in that year (1–999999).
    Raises NumberError: number_part.
    """
    if not (
        re.fullmatch(r"[1-9][0-9]{3}", region_code, re.ASCII)
        and 2000 <= year <= 2199
        and 1 <= base_serial <= 9999
        and 1 <= sequence <= 999_999
    ):
        raise NumberError("number_part")
    body = f"{region_code}{year:04}{base_serial:04}{NUMBER_LETTER}{sequence:06}"
    return body + _check_character(body)


def parse_number(text: str) -> str:
    """The certificate number in what someone typed or said, with the same tolerance as `parse_code`.

    Raises NumberError: number_length, number_characters, number_layout, number_check.
    """
    number = _tidy(text)
    if len(number) != NUMBER_LENGTH:
        raise NumberError("number_length")
    if not _in_alphabet(number):
        raise NumberError("number_characters")
    if not re.fullmatch(r"[0-9]{12}P[0-9]{6}.", number, re.ASCII):
        raise NumberError("number_layout")
    if _remainder(number) != 1:
        raise NumberError("number_check")
    return number


def format_number(number: str) -> str:
    """A number as it is printed: five groups of four (region, year, base, sequence and check)."""
    return _grouped(number)


def spoken_number(number: str) -> str:
    """A number for a screen reader: each character by itself, a pause between groups."""
    return _spoken(number)


def _tidy(text: str) -> str:
    # Nobody types this much for a code; refused before normalising, so that a huge text costs nothing.
    if len(text) > _LONGEST_INPUT:
        return ""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).upper()).translate(_LOOK_ALIKES)


def _in_alphabet(text: str) -> bool:
    return all(character in ALPHABET for character in text)


def _remainder(text: str) -> int:
    total = 0
    for character in text:
        total = (total * _RADIX + ALPHABET.index(character)) % _MODULUS
    return total


def _check_character(body: str) -> str:
    return ALPHABET[(1 - _remainder(body) * _RADIX) % _MODULUS]


def _groups(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(0, len(text), 4)]


def _grouped(text: str) -> str:
    return " ".join(_groups(text))


def _spoken(text: str) -> str:
    return "，".join(" ".join(group) for group in _groups(text))
