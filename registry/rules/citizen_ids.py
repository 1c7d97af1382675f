"""The 18-character citizen ID (公民身份号码, GB 11643): what it must be, and what it says.

`python-stdnum`'s `ric.validate` is not used: it demands that the region code was in force in the year of
birth, while a number carries the code of the place where it was *assigned*, often decades later. It turns
away most people over 40 in Tianshui (docs/domain.md §3.2).
"""

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from registry.errors import RegistryError

LENGTH = 18
OLDEST = 120
"""Years; an older birth date is a typing error. The oldest person on record reached 122."""

# ISO 7064 MOD 11-2 as written out in GB 11643-1999.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
# Residence permits of people from Hong Kong, Macao and Taiwan (810000, 820000, 830000) carry no county.
_RESIDENCE_PERMIT_REGIONS = frozenset({"810000", "820000", "830000"})


# Quotes of every shape, the prime and the minus sign, which is no dash to Unicode.
_QUOTES = frozenset("'`\"\u2018\u2019\u201a\u201b\u201c\u201d\u2032\u2212\u00b4")


class Sex(StrEnum):
    """The sex recorded in the 17th digit: odd is male."""

    MALE = "male"
    FEMALE = "female"


class CitizenIdError(RegistryError):
    """A text that is not a citizen ID. The facts never hold the text itself."""

    code: ClassVar[str] = "citizen_id_invalid"
    status: ClassVar[int] = 422


class CitizenIdMissing(CitizenIdError):
    """Nothing was entered."""

    code = "citizen_id_missing"


class CitizenIdLength(CitizenIdError):
    """Not 18 characters; `length` says how many there were (15 is a first-generation number)."""

    code = "citizen_id_length"


class CitizenIdCharacters(CitizenIdError):
    """A character that cannot stand at `position` (from 1): 17 digits, then a digit or X."""

    code = "citizen_id_characters"


class CitizenIdBirthDate(CitizenIdError):
    """Characters 7 to 14 are no day of the calendar."""

    code = "citizen_id_birth_date"


class CitizenIdFuture(CitizenIdError):
    """The birth date lies after the day of asking."""

    code = "citizen_id_future"


class CitizenIdAge(CitizenIdError):
    """The birth date makes the person older than `limit` years."""

    code = "citizen_id_age"


class CitizenIdChecksum(CitizenIdError):
    """The last character does not follow from the first 17: one of them is wrong."""

    code = "citizen_id_checksum"


@dataclass(frozen=True, slots=True)
class CitizenId:
    """A citizen ID that passed every check. Its repr is empty: no log or traceback shows the number."""

    value: str = field(repr=False)
    region_code: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: Sex = field(repr=False)


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages in whole years, both ends included."""

    lowest: int
    highest: int

    def __contains__(self, years: object) -> bool:
        return isinstance(years, int) and self.lowest <= years <= self.highest


WORKING_AGE: Mapping[Sex, AgeBand] = {Sex.MALE: AgeBand(16, 59), Sex.FEMALE: AgeBand(16, 54)}
"""就业年龄段: 《“全国残疾人就业和职业培训信息管理系统”填报说明和指标解释》, 2012-04-24.
Only a default: programmes set their own (a class may admit people to 65); retirement ages rise from 2025."""


def clean(text: str) -> str:
    """Fold full-width forms and drop what people and spreadsheets add to a number: blanks, dashes, quotes."""
    folded = unicodedata.normalize("NFKC", text)
    # Every kind of space, tabs and newlines, zero-width marks, every kind of dash.
    dropped = {"Zs", "Cc", "Cf", "Pd"}
    return "".join(c for c in folded if unicodedata.category(c) not in dropped and c not in _QUOTES).upper()


def check_character(body: str) -> str:
    """The 18th character that belongs to 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK_CHARACTERS[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def parse(text: str, *, on: date) -> CitizenId:
    """Read a citizen ID as people type it, judged on the day `on`.

    Raises a CitizenIdError that names the first thing wrong; a wrong birth date is named before a wrong check
    character, since it tells the reader where to look.
    """
    value = clean(text)
    if not value:
        raise CitizenIdMissing()
    if len(value) != LENGTH:
        raise CitizenIdLength(length=len(value), expected=LENGTH)
    if not _SHAPE.fullmatch(value):
        raise CitizenIdCharacters(position=_first_bad_position(value))
    try:
        born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        raise CitizenIdBirthDate() from None
    if born > on:
        raise CitizenIdFuture()
    if age(born, on) > OLDEST:
        raise CitizenIdAge(limit=OLDEST)
    if value[17] != check_character(value[:17]):
        raise CitizenIdChecksum()
    sex = Sex.MALE if int(value[16]) % 2 else Sex.FEMALE
    return CitizenId(value=value, region_code=value[:6], birth_date=born, sex=sex)


def is_known_region(region_code: str, known: Container[str]) -> bool:
    """Whether the code stood for a place in any period; `known` is every code ever in force.

    An unknown prefix is worth a warning, never a refusal, and says nothing of where the person lives now.
    """
    return region_code in known or region_code in _RESIDENCE_PERMIT_REGIONS


def age(birth_date: date, on: date) -> int:
    """Whole years (周岁) reached on a day; someone born on 29 February turns a year older on 1 March."""
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday


def in_working_age(sex: Sex, birth_date: date, on: date, bands: Mapping[Sex, AgeBand] = WORKING_AGE) -> bool:
    """Whether a person is of employment age on a day, by the bands of the programme."""
    return age(birth_date, on) in bands[sex]


def _first_bad_position(value: str) -> int:
    allowed = ["0123456789"] * 17 + ["0123456789X"]
    return next(i for i, (c, ok) in enumerate(zip(value, allowed, strict=True), 1) if c not in ok)
