"""What the courses know of a person's certificates, told by the app above (`settings.QUALIFICATIONS`)."""

from datetime import date
from typing import NamedTuple


class Qualification(NamedTuple):
    """A certificate that somebody holds or held, of a family of docs/domain.md §4.2; our own are "completion"."""

    person_id: int
    family: str
    skill_id: int
    level: int
    issued_on: date
    public_id: str
    in_force: bool
