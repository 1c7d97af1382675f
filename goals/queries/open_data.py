"""The open data of the two-skills goal: what anyone may read, as rows with columns that never change, and what they mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from goals.models import Release
from goals.queries.releases import lines
from goals.rules import releases as rules
from goals.rules.releases import Place

COLUMNS: Mapping[str, tuple[str, str]] = {
    "period": ("string", "Years of the plan, as 2025-2027"),
    "as_of": ("date", "Last day of the quarter that is counted"),
    "region_code": ("string", "Code of the region, GB/T 2260"),
    "region_name": ("string", "Name of the region on that day"),
    "level": ("string", "province or prefecture; a county directly below a province is county"),
    "parent_code": ("string", "Code of the region above"),
    "people": ("integer", "People who are counted; empty where held back"),
    "two_skills": ("integer", "Of them, people with two or more skills; empty where held back"),
    "share_percent": ("number", "two_skills of people in per cent, rounded down to one decimal"),
    "suppressed": (
        "boolean",
        "Whether a figure is held back because it is, or would tell, a count of 1 to 4",
    ),
    "definition_version": ("integer", "Version of the definition"),
    "released_on": ("date", "Day of publication"),
}
"""By name the type (Frictionless Table Schema) and the meaning."""


@dataclass(frozen=True)
class Row:
    """A region in a release; None where the figure is held back."""

    release: Release
    place: Place
    people: int | None
    two_skills: int | None
    share: Decimal | None

    @property
    def is_whole(self) -> bool:
        return self.two_skills is not None

    def record(self) -> dict[str, Any]:
        """By column, as in COLUMNS."""
        return {
            "period": self.release.period.key,
            "as_of": self.release.as_of.isoformat(),
            "region_code": self.place.code,
            "region_name": self.place.name,
            "level": self.place.level,
            "parent_code": self.place.parent,
            "people": self.people,
            "two_skills": self.two_skills,
            "share_percent": None if self.share is None else float(self.share),
            "suppressed": not self.is_whole,
            "definition_version": self.release.definition,
            "released_on": self.release.released_on.isoformat(),
        }


def rows(release: Release) -> list[Row]:
    """The province, then the regions right below it."""
    found = []
    for line in lines(release):
        value = line.value
        people = rules.whole(release.table, line.place.code)
        found.append(
            Row(
                release,
                line.place,
                people,
                value.numerator if value else None,
                value.share if value else None,
            )
        )
    return found


def records(releases: Iterable[Release]) -> list[dict[str, Any]]:
    return [row.record() for release in releases for row in rows(release)]


def package(host: str, *, newest: date | None) -> dict[str, Any]:
    """What the CSV is, for machines: a Frictionless Data Package."""
    fields = [
        {"name": name, "type": kind, "description": meaning} for name, (kind, meaning) in COLUMNS.items()
    ]
    return {
        "name": "two-skills",
        "title": "People with two or more skills, by prefecture",
        "description": (
            "People whom a plan serves and who on some day of its years needed training, were able to work, of working age "
            "and without work, and how many of them hold certificates of two or more skills. Once per quarter. Counts of "
            "1 to 4 people, and counts from which one could be worked out, are held back: empty is not zero."
        ),
        "homepage": f"{host}/open-data/",
        "version": "1",
        **({"created": newest.isoformat()} if newest else {}),
        "licenses": [{"name": "other-at", "title": "Open data, may be reused with attribution"}],
        "resources": [
            {
                "name": "two-skills",
                "path": f"{host}/open-data/two-skills.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": {
                    "fields": fields,
                    "primaryKey": ["period", "as_of", "region_code"],
                    "missingValues": [""],
                },
            }
        ],
    }
