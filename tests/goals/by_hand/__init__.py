"""Every figure of docs/indicators.md counted a second time, from the raw rows, in plain loops.

Written from that document alone, by somebody who had not read how goals/ counts, and sharing no code with it: what both
get wrong, the document gets wrong. `lives` reads the rows, one module counts what one section of the document defines.
"""

from tests.goals.by_hand.figures import (
    Added,
    Figures,
    Tallies,
    differences,
    everything,
    indicators,
    tallies,
    totals,
)
from tests.goals.by_hand.lives import Life, lives

__all__ = [
    "Added",
    "Figures",
    "Life",
    "Tallies",
    "differences",
    "everything",
    "indicators",
    "lives",
    "tallies",
    "totals",
]
