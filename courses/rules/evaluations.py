"""The questions of an evaluation (培训评估), what may be answered, and who of a class is called."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import TypeVar

BEST, WORST = 5, 1
MARKS = (5, 4, 3, 2, 1)
SATISFIED = 4
"""From this mark on somebody is satisfied."""
MOST_QUESTIONS = 12
CODE_DIGITS = 10
SPOT_SHARE = 10
"""One in ten of a class at least is called (docs/domain.md §5.3)."""

BUILT_IN = ("content", "trainer", "practice", "place", "access", "use")
"""The questions where no federation has set its own; their words are in courses/evaluation_words.py."""
REVIEW_CRITERIA = {
    "trainer": ("basics", "attitude", "timetable", "equipment", "accessibility"),
    "inspection": ("register", "presence", "content", "trainer", "place", "accessibility"),
}
"""What a trainer marks of a class, and what a visitor of the federation marks: docs/domain.md §5.3, §5.5."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Question:
    """One question to be marked from 5 to 1; `key` stays the same while its words do."""

    key: str
    text: str = ""
    text_en: str = ""

    @classmethod
    def asked(cls, text: str, text_en: str = "") -> "Question":
        """A federation's own question, known by its words: the same words in a later version are the same question."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        return cls(f"q-{digest[:10]}", text, text_en)

    def as_json(self) -> dict[str, str]:
        return {"key": self.key, "text": self.text, "text_en": self.text_en}


def spot_calls(class_size: int) -> int:
    """How many of a class are called: a tenth, rounded up, and one at least."""
    return max(1, -(-class_size // SPOT_SHARE)) if class_size else 0


def drawn(rows: Sequence[Row], count: int) -> list[Row]:
    """So many of the rows, by the system's own chance: nobody can foresee or choose who is called."""
    return SystemRandom().sample(list(rows), min(count, len(rows)))


def read_code(text: str) -> str:
    """The digits of a code as it was typed or said, or "" where it cannot be one."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    return digits if len(digits) == CODE_DIGITS else ""
