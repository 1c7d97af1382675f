"""What is printed on one certificate, word for word: the PDF and the phone image both draw exactly this."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Language = Literal["zh-Hans", "zh-Hant", "en"]

# Written out here and not by the C library, whose answer depends on the machine's locale.
ENGLISH_MONTHS = ["January", "February", "March", "April", "May", "June"]
ENGLISH_MONTHS += ["July", "August", "September", "October", "November", "December"]


@dataclass(frozen=True)
class Words:
    """The fixed words of a certificate, already in its language: the door translates, the faces only draw."""

    certifies: str
    """Before the holder's name: 兹证明."""
    statement: str
    """After the name: 完成下列培训，考核合格，特发此证。"""
    course: str
    skill: str
    level: str
    hours: str
    """The unit of `Face.hours` belongs in this label: 课时."""
    period: str
    base: str
    """Label of the training base that awards the certificate."""
    issuer: str
    """Label of the federation, when it is shown."""
    issued: str
    """Label of the date of issue."""
    seal: str
    """In the empty space for the seal, which is on paper only: 盖章处."""
    number: str
    code: str
    address: str
    """Label of the address where the number can be typed in: 查验网址."""
    instruction: str
    """One sentence beside the QR: what it is for and what to do without a camera."""
    qr_alt: str
    """Read in place of the QR: where on the sheet it is (at the foot, on the left) and what it is for."""


@dataclass(frozen=True)
class Picture:
    """A logo or seal, already checked and made small (faces/pictures.py)."""

    png: bytes
    alt: str
    """Read in its place: whose sign it is."""


class Pair(NamedTuple):
    """A label and its value, with both in the second language of a certificate in two; "" where it has none."""

    label: str
    value: str
    label_too: str = ""
    value_too: str = ""


@dataclass(frozen=True)
class Second:
    """What a certificate in two languages says in the other one. Names of people and places are not in it:
    they are printed once, as they were recorded."""

    language: Language
    words: Words
    title: str
    skill_name: str = ""
    level_text: str = ""


@dataclass(frozen=True)
class Face:
    """One certificate as its reader meets it. Holds no identity number and nothing about disability."""

    language: Language
    words: Words
    title: str
    holder_name: str
    course_name: str
    skill_name: str
    level_text: str
    """May be empty: the line is then left out."""
    hours: int
    """课时, class hours of 45 minutes."""
    starts_on: date
    ends_on: date
    issued_on: date
    base_name: str
    issuer_name: str
    """The federation; may be empty, for its name can give away a disability."""
    number: str
    """Already in groups, as it is read aloud."""
    code: str
    """Already in groups."""
    url: str
    """The whole text of the QR, with the signed fragment."""
    verify_address: str
    """What a person types: cert.example.cn."""
    second: Second | None = None
    logo: Picture | None = None
    """Above the title."""
    seal: Picture | None = None
    """Beside who answers for it, in the place where a seal is stamped otherwise; decoration, it proves nothing."""
    specimen: str = ""
    """样张: across the sheet, and first in its text, so that nobody takes it for a certificate."""

    def facts(self) -> list[Pair]:
        """What was learnt, in reading order; empty values are left out."""
        period = written_period(self.starts_on, self.ends_on, self.language)
        too = self.second
        period_too = written_period(self.starts_on, self.ends_on, too.language) if too else ""
        return self._pairs(
            ("course", self.course_name, ""),
            ("skill", self.skill_name, too.skill_name if too else ""),
            ("level", self.level_text, too.level_text if too else ""),
            ("hours", str(self.hours), ""),
            ("period", period, period_too),
        )

    def award(self) -> list[Pair]:
        """Who answers for it and since when, in reading order."""
        too = self.second
        return self._pairs(
            ("base", self.base_name, ""),
            ("issuer", self.issuer_name, ""),
            (
                "issued",
                written_date(self.issued_on, self.language),
                written_date(self.issued_on, too.language) if too else "",
            ),
        )

    def proof(self) -> list[Pair]:
        """What a person types to check it without a camera, in reading order."""
        return self._pairs(
            ("number", self.number, ""), ("code", self.code, ""), ("address", self.verify_address, "")
        )

    def _pairs(self, *items: tuple[str, str, str]) -> list[Pair]:
        too = self.second.words if self.second else None
        return [
            Pair(getattr(self.words, name), value, getattr(too, name) if too else "", value_too)
            for name, value, value_too in items
            if value
        ]

    def lines(self, name: str) -> list[str]:
        """One of the sentences, in each language of the certificate."""
        words = [self.words, *([self.second.words] if self.second else [])]
        return [getattr(one, name) for one in words]

    def titles(self) -> list[str]:
        return [self.title, *([self.second.title] if self.second else [])]

    def texts(self) -> list[str]:
        """Every word that is printed, in reading order."""
        texts = [
            *(self.specimen, *self.titles(), *self.lines("certifies"), self.holder_name),
            *self.lines("statement"),
        ]
        for pair in self.facts() + self.award():
            texts += [pair.label, pair.label_too, pair.value, pair.value_too]
        if self.seal is None:
            texts += self.lines("seal")[:1]
        for pair in self.proof():
            texts += [pair.label, pair.label_too, pair.value, pair.value_too]
        return [text for text in [*texts, *self.lines("instruction")] if text]


def written_date(day: date, language: Language) -> str:
    """The day in words: 2023年3月1日, or 1 March 2023."""
    if language == "en":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def written_period(first: date, last: date, language: Language) -> str:
    """Both days in words, or the one day when they are the same."""
    if first == last:
        return written_date(first, language)
    joiner = " to " if language == "en" else "至"
    return written_date(first, language) + joiner + written_date(last, language)
