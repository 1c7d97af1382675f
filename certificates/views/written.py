"""How dates, levels and titles are written out for readers, on screen and on the certificate."""

from datetime import date, datetime
from functools import cache

from django.utils.translation import get_language, gettext_noop

from certificates.faces.face import Language, written_date
from certificates.proof import codes
from courses.models.courses import CourseLevel

FACE_LANGUAGES: dict[str, Language] = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
# Titles that the catalogues translate for readers of other languages; what was printed stays as printed.
OUR_TITLES = frozenset({gettext_noop("职业技能培训合格证书")})


def day(value: date, language: str) -> str:
    """2024年6月3日, or 3 June 2024."""
    return written_date(value, FACE_LANGUAGES.get(language, "zh-Hans"))


def moment(value: datetime, language: str) -> str:
    """The day and the time of day."""
    return f"{day(value.date(), language)} {value:%H:%M}"


def level(value: int) -> str:
    """五级/初级工 in the active language; "" for a certificate without a level."""
    return levels().get(value, "")


def levels() -> dict[int, str]:
    """Every level's number, as signatures hold it, with its words in the active language."""
    return _levels(get_language() or "")


def number_and_code(number: str | None, code: str) -> dict[str, str]:
    """Both of a certificate, in groups to be read and sign by sign to be heard."""
    return {
        "number": codes.format_number(number or ""),
        "number_spoken": codes.spoken_number(number or ""),
        **code_alone(code),
    }


def code_alone(code: str) -> dict[str, str]:
    """The same without a number, where the code may be no certificate's."""
    return {"code": codes.format_code(code), "code_spoken": codes.spoken_code(code)}


@cache
def _levels(language: str) -> dict[int, str]:
    return {choice.value: str(choice.label) for choice in CourseLevel if choice != CourseLevel.NONE}
