"""The disability certificate number (残疾人证号): the citizen ID, a category, a grade, perhaps a re-issue.

20 characters at first issue; each re-issue after a loss appends B1, B2, … (some offices wrote a bare B for
the first), so 21 and 22 characters are just as right. Category and grade may change at a re-assessment while
the first 18 characters stay: key a person on the citizen ID, never on this number (docs/domain.md §3.1).
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import ClassVar

from registry.errors import RegistryError
from registry.rules import citizen_ids
from registry.rules.citizen_ids import CitizenId, CitizenIdError

LENGTH = 20
_REISSUE = re.compile(r"B([1-9]?)")


class DisabilityCategory(StrEnum):
    """残疾类别, in the order of GB/T 26341-2010: the first is digit 1, the last digit 7."""

    VISUAL = "visual"
    HEARING = "hearing"
    SPEECH = "speech"
    PHYSICAL = "physical"
    INTELLECTUAL = "intellectual"
    PSYCHOSOCIAL = "psychosocial"
    MULTIPLE = "multiple"

    @property
    def digit(self) -> int:
        """The 19th character of the certificate number."""
        return list(DisabilityCategory).index(self) + 1


class DisabilityGrade(IntEnum):
    """残疾等级: 1 is the most severe."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4


class DisabilityNumberError(RegistryError):
    """A text that is not a disability certificate number. The facts never hold the text itself."""

    code: ClassVar[str] = "disability_number_invalid"
    status: ClassVar[int] = 422


class DisabilityNumberMissing(DisabilityNumberError):
    """Nothing was entered."""

    code = "disability_number_missing"


class DisabilityNumberLength(DisabilityNumberError):
    """Not 20 characters before the re-issue mark; `length` says how many there were."""

    code = "disability_number_length"


class DisabilityNumberCitizenId(DisabilityNumberError):
    """The first 18 characters are no citizen ID; `reason` is the code of what is wrong with them."""

    code = "disability_number_citizen_id"


class DisabilityNumberCategory(DisabilityNumberError):
    """The 19th character is not a category from 1 to 7."""

    code = "disability_number_category"


class DisabilityNumberGrade(DisabilityNumberError):
    """The 20th character is not a grade from 1 to 4."""

    code = "disability_number_grade"


class DisabilityNumberReissue(DisabilityNumberError):
    """What follows the 20 characters is not B, B1, … or B9."""

    code = "disability_number_reissue"


@dataclass(frozen=True, slots=True)
class DisabilityNumber:
    """A certificate number that passed every check. Its repr shows nothing of it."""

    citizen_id: CitizenId = field(repr=False)
    category: DisabilityCategory = field(repr=False)
    grade: DisabilityGrade = field(repr=False)
    reissue_no: int = field(repr=False)

    @property
    def base(self) -> str:
        """The 20 characters of the first issue."""
        return f"{self.citizen_id.value}{self.category.digit}{int(self.grade)}"

    @property
    def value(self) -> str:
        """The number in its full form: a bare B is written B1."""
        return self.base + (f"B{self.reissue_no}" if self.reissue_no else "")


def parse(text: str, *, on: date) -> DisabilityNumber:
    """Read a certificate number as people type it, judged on the day `on`.

    Raises a DisabilityNumberError that names the first thing wrong.
    """
    value = citizen_ids.clean(text)
    if not value:
        raise DisabilityNumberMissing()
    base, mark = value[:LENGTH], value[LENGTH:]
    if len(base) != LENGTH:
        raise DisabilityNumberLength(length=len(value), expected=LENGTH)
    if mark and mark[0] != "B":
        raise DisabilityNumberLength(length=len(value), expected=LENGTH)
    reissue = _REISSUE.fullmatch(mark) if mark else None
    if mark and reissue is None:
        raise DisabilityNumberReissue()
    try:
        citizen_id = citizen_ids.parse(base[:18], on=on)
    except CitizenIdError as error:
        raise DisabilityNumberCitizenId(reason=error.code) from None
    if base[18] not in "1234567":
        raise DisabilityNumberCategory(lowest=1, highest=7)
    if base[19] not in "1234":
        raise DisabilityNumberGrade(lowest=1, highest=4)
    return DisabilityNumber(
        citizen_id=citizen_id,
        category=list(DisabilityCategory)[int(base[18]) - 1],
        grade=DisabilityGrade(int(base[19])),
        reissue_no=int(reissue[1] or 1) if reissue else 0,
    )
