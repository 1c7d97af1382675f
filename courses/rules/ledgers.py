"""Ledgers (台账): what an export may hold, field by field, and how a personal field looks when it is not asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.rules import masking


class Mask(StrEnum):
    """How a personal field is given that nobody ticked; NONE for a field that is not personal."""

    NONE = ""
    NAME = "name"
    CITIZEN_ID = "citizen_id"
    DISABILITY_NUMBER = "disability_number"
    PHONE = "phone"
    HIDDEN = "hidden"


_MASKED: Mapping[Mask, Callable[[str], str]] = {
    Mask.NAME: masking.mask_name,
    Mask.CITIZEN_ID: masking.mask_citizen_id,
    Mask.DISABILITY_NUMBER: masking.mask_disability_number,
    Mask.PHONE: masking.mask_phone,
    Mask.HIDDEN: lambda text: masking.STAR * 3,
}


@dataclass(frozen=True)
class Field:
    """One column: the same key in two sheets is the same personal field, ticked once."""

    key: str
    label: str
    mask: Mask = Mask.NONE

    def shown(self, text: str, in_clear: frozenset[str]) -> str:
        """The cell as it leaves the register."""
        if not text or self.mask is Mask.NONE or self.key in in_clear:
            return text
        return _MASKED[self.mask](text)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a ledger."""

    key: str
    name: str
    fields: tuple[Field, ...]


class About(StrEnum):
    """What a ledger is asked of: a region, one cohort, or one comparison."""

    REGION = "region"
    COHORT = "cohort"
    COMPARISON = "comparison"


@dataclass(frozen=True)
class Ledger:
    """One kind of export. `by_year`: it holds what began in one year."""

    key: str
    about: About
    sheets: tuple[Sheet, ...]
    by_year: bool = False

    @property
    def labels(self) -> list[str]:
        """The labels of all columns, each once."""
        return list(dict.fromkeys(field.label for sheet in self.sheets for field in sheet.fields))

    @property
    def personal(self) -> list[Field]:
        """The personal fields, each once."""
        found = {field.key: field for sheet in self.sheets for field in sheet.fields if field.mask}
        return list(found.values())
