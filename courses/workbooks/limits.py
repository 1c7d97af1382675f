"""How much a spreadsheet may ask of us. One frozen record, so that a test can use small numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, counts otherwise.

    A roster of 10,000 rows by 15 columns has 0.6 MB, 8 MB unpacked, 150,000 cells and 300,000 XML elements.
    """

    file_bytes: int = 5 * 1024 * 1024
    members: int = 200
    unpacked_bytes: int = 60 * 1024 * 1024
    ratio: int = 120
    # A small file of blank formatted rows packs better than any ratio; up to this size the ratio is free.
    ratio_from_bytes: int = 1024 * 1024
    elements: int = 2_000_000
    rows: int = 20_000
    columns: int = 256
    # Readers allocate the whole rectangle from the first to the last cell; all sheets share this number.
    cells: int = 1_000_000
    # What a sheet may claim: Excel claims full columns when one formats them, A1:Z1048576 is 27 million.
    declared_cells: int = 100_000_000
    merges: int = 20_000


LIMITS = Limits()
