"""What a column of a spreadsheet form is: its key in the code, its label, the other names it goes by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form.

    `is_identity` marks what belongs to one person only: a merged cell never passes it down to the next row.
    `is_read` is False for columns that are known and left alone: serial numbers, signatures, derived values.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    is_identity: bool = False
    is_read: bool = True
    choices: tuple[str, ...] = ()
    width: int = 12
