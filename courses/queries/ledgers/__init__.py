"""Every kind of export, by its key. A new one: its Ledger, its Source per sheet, its words as "export.<key>"."""

from courses.queries.ledgers import compared, helped, national, ours
from courses.queries.ledgers.wanted import Source, Wanted
from courses.rules.ledgers import Ledger

LEDGERS: dict[str, Ledger] = {
    ledger.key: ledger
    for ledger in (
        national.NATIONAL,
        ours.ROSTER,
        ours.PEOPLE,
        ours.EMPLOYMENT,
        helped.ASSISTANCE,
        helped.GRADUATES,
        compared.COMPARISON,
    )
}
_SOURCES = {**national.SOURCES, **ours.SOURCES, **helped.SOURCES, **compared.SOURCES}


def source(ledger: Ledger, sheet: str) -> Source:
    """Where the rows of a sheet come from."""
    return _SOURCES[ledger.key, sheet]


def total(ledger: Ledger, wanted: Wanted) -> int:
    """Rows of all its sheets."""
    return sum(source(ledger, sheet.key).count(wanted) for sheet in ledger.sheets)
