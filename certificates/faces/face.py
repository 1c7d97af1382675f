"""What is printed on one certificate, word for word: the PDF and the phone image both draw exactly this."""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

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

    def facts(self) -> list[tuple[str, str]]:
        """What was learnt, as (label, value) in reading order; empty values are left out."""
        period = written_period(self.starts_on, self.ends_on, self.language)
        facts = [
            (self.words.course, self.course_name),
            (self.words.skill, self.skill_name),
            (self.words.level, self.level_text),
            (self.words.hours, str(self.hours)),
            (self.words.period, period),
        ]
        return [(label, value) for label, value in facts if value]

    def award(self) -> list[tuple[str, str]]:
        """Who answers for it and since when, as (label, value) in reading order."""
        award = [
            (self.words.base, self.base_name),
            (self.words.issuer, self.issuer_name),
            (self.words.issued, written_date(self.issued_on, self.language)),
        ]
        return [(label, value) for label, value in award if value]

    def proof(self) -> list[tuple[str, str]]:
        """What a person types to check it without a camera, as (label, value) in reading order."""
        return [
            (self.words.number, self.number),
            (self.words.code, self.code),
            (self.words.address, self.verify_address),
        ]

    def texts(self) -> list[str]:
        """Every word that is printed, in reading order."""
        words = self.words
        return [
            *(self.title, words.certifies, self.holder_name, words.statement),
            *chain(*self.facts(), *self.award()),
            words.seal,
            *chain(*self.proof()),
            words.instruction,
        ]


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
