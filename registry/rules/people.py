"""A person as somebody asks to register them, before anything was checked."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What a form or a roster row says of one person. Its repr shows none of it.

    `region_code` is where the person is managed; empty means the region of the base that registers them.
    """

    name: str = field(repr=False)
    citizen_id: str = field(repr=False)
    region_code: str = ""
    kind: str = "disabled"
    disability_number: str = field(default="", repr=False)
    residence: str = field(default="", repr=False)
    ethnicity: str = field(default="", repr=False)
    education: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    access_needs: tuple[str, ...] = field(default=(), repr=False)
    household_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewStanding:
    """What a roster row says of someone registered: "" and None where it says nothing."""

    person_id: int
    employment: str = ""
    training_need: bool | None = None
