"""The bases of the demo in the four regions of the documents, and what they teach. All invented."""

import csv
from dataclasses import dataclass
from pathlib import Path

# The name on certificates must not tell that the holder is disabled.
_NEUTRAL = (("残疾人", ""), ("盲人", ""), ("特殊教育学校", "职业技能培训学校"))


@dataclass(frozen=True)
class DemoBase:
    """One line of bases.csv; `skills` are codes of skills, `level` that of the accreditation."""

    county: str
    name: str
    institution_kind: str
    ownership: str
    category: str
    level: str
    skills: tuple[str, ...]

    @property
    def public_name(self) -> str:
        name = self.name
        for disclosing, neutral in _NEUTRAL:
            name = name.replace(disclosing, neutral)
        return name


def _read() -> tuple[DemoBase, ...]:
    with (Path(__file__).parent / "bases.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return tuple(
        DemoBase(county, name, institution, ownership, category, level, tuple(skills.split()))
        for county, name, institution, ownership, category, level, skills in rows
    )


BASES = _read()
