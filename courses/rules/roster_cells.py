"""The plain cells of a roster row, read with a forgiving eye; what cannot be read becomes a problem."""

import re
from collections.abc import Mapping
from typing import Any

from courses.rules import roster_choices as choices
from courses.rules.roster_choices import AccessNeed, PersonKind
from courses.rules.roster_problems import Problem, ProblemCode
from registry.rules import phones
from registry.rules.hardship import Hardship
from registry.rules.phones import PhoneKind

Cells = Mapping[str, object]
"""Raw cells by column key: text was text, a number was a numeric cell."""

TEXT_LIMITS = {"address": 200, "access_needs": 200, "remarks": 500, "guardian_name": 50}
"""Characters kept of free text."""

# Excel shows a long number so, and CSV keeps only that; the digits behind are lost.
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_CELL_ERRORS = frozenset(
    {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"}
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_BLANKS = " \u00a0\u3000\u200b\ufeff"
_NOTHING = frozenset({"无", "没有", "未办理", "无证", "暂无", "-", "--", "/", "\\", "—", "——", "0"})


def classes(cells: Cells, problems: list[Problem]) -> tuple[PersonKind, tuple[Hardship, ...]]:
    """Both columns are read alike: 人员类别 often says 残疾人, and 学员类别 often says 低保."""
    person_kind = PersonKind.DISABLED
    hardship: list[Hardship] = []
    for key in ("person_kind", "hardship"):
        for part in choices.several(text(cells, key)):
            kind = choices.find(part, choices.PERSON_KINDS, choices.OTHER_PERSON_KINDS)
            kind_of_hardship = choices.find(part, choices.HARDSHIP, choices.OTHER_HARDSHIP)
            if isinstance(kind, PersonKind):
                person_kind = kind if kind is not PersonKind.DISABLED else person_kind
            elif isinstance(kind_of_hardship, Hardship):
                hardship.append(kind_of_hardship)
            elif part not in ("无", "其他", "否", "普通", "一般"):
                expected = [*choices.PERSON_KINDS, *choices.HARDSHIP]
                problems.append(Problem(key, ProblemCode.CHOICE_UNKNOWN, {"expected": expected}))
    if hardship:
        problems.append(Problem("hardship", ProblemCode.HARDSHIP_READ, {"count": len(set(hardship))}))
    return person_kind, tuple(dict.fromkeys(hardship))


def ethnicity(cells: Cells, problems: list[Problem]) -> str:
    """The group in full, or nothing where there is no such group."""
    entered = text(cells, "ethnicity")
    group = choices.ethnic_group(entered) if entered else ""
    if group is None:
        problems.append(
            Problem("ethnicity", ProblemCode.CHOICE_UNKNOWN, {"expected": list(choices.ETHNIC_GROUPS)})
        )
    return group or ""


def choice(cells: Cells, key: str, problems: list[Problem], *known: Mapping[str, Any]) -> Any:
    """The key of a fixed choice, or None; the first mapping names what is expected."""
    entered = text(cells, key)
    found = choices.find(entered, *known)
    if entered and found is None:
        problems.append(Problem(key, ProblemCode.CHOICE_UNKNOWN, {"expected": list(known[0])}))
    return found


def need(cells: Cells, problems: list[Problem]) -> bool | None:
    """有 or 无; a cell that names a skill wanted (想学刺绣) is a need too."""
    entered = choices.normal(text(cells, "training_need"))
    if not entered:
        return None
    if len(entered) > TEXT_LIMITS["access_needs"]:
        problems.append(
            Problem("training_need", ProblemCode.TEXT_TOO_LONG, {"limit": TEXT_LIMITS["access_needs"]})
        )
    return choices.NEED.get(entered, True)


def access_needs(cells: Cells, problems: list[Problem]) -> tuple[AccessNeed, ...]:
    """The needs that the cell speaks of; words that name none are questioned: no need is overlooked."""
    entered = text(cells, "access_needs")
    needs = choices.access_needs(entered)
    if choices.normal(entered) not in ("", "无", "否", "不需要") and not needs:
        expected = [words[0] for words in choices.ACCESS_NEEDS.values()]
        problems.append(Problem("access_needs", ProblemCode.CHOICE_UNKNOWN, {"expected": expected}))
    return needs


def phone(cells: Cells, key: str, problems: list[Problem]) -> str:
    """The number tidied; an unusual one is kept and questioned."""
    number = phones.clean(number_text(cells, key))
    if len(number) > phones.LONGEST:
        problems.append(Problem(key, ProblemCode.TEXT_TOO_LONG, {"limit": phones.LONGEST}))
    elif number and phones.kind(number) is PhoneKind.UNKNOWN:
        problems.append(Problem(key, ProblemCode.PHONE_UNUSUAL))
    return number


def free_text(cells: Cells, key: str, problems: list[Problem]) -> str:
    """Words kept as entered, up to the limit of their column."""
    entered = text(cells, key)
    if len(entered) > TEXT_LIMITS[key]:
        problems.append(Problem(key, ProblemCode.TEXT_TOO_LONG, {"limit": TEXT_LIMITS[key]}))
    return entered


def text(cells: Cells, key: str) -> str:
    """One cell as a line of text; the error of a formula counts as nothing."""
    raw = cells.get(key)
    return "" if is_cell_error(raw) else plain(raw)


def number_text(cells: Cells, key: str) -> str:
    """The same for a cell that should hold a number: 无 and a stroke mean that there is none."""
    entered = text(cells, key)
    return "" if entered in _NOTHING else entered


def plain(raw: object) -> str:
    """What the cell shows, as one line that a database keeps."""
    return "" if raw is None else _CONTROL.sub(" ", str(raw)).strip(_BLANKS)


def lost_digits(raw: object) -> bool:
    """Excel keeps 15 digits of a number: what was typed behind them is gone for good."""
    if isinstance(raw, bool):
        return False
    if isinstance(raw, int | float):
        return abs(raw) >= 1e15
    return bool(_SCIENTIFIC.fullmatch(plain(raw).replace(" ", "")))


def is_cell_error(raw: object) -> bool:
    """Whether a formula left its error instead of a value."""
    return isinstance(raw, str) and raw.strip() in _CELL_ERRORS
