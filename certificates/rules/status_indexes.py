"""Where a certificate stands in the status list: at random, so that a place tells nothing of its neighbours.

The list (IETF Token Status List, 2 bits a certificate) must also stay small enough for a phone to fetch, so
places are drawn from blocks of 2^20 (256 KiB) that are opened one after another when the last is half full.
"""

BLOCK = 2**20
# Above 2^31 - 1 PostgreSQL's integer column ends; a thousand million certificates fit before it.
LAST_BLOCK = 2**31 // BLOCK - 1


def block_for(certificates: int) -> range:
    """The places to draw from when about this many certificates exist; at most half of them are taken.

    Raises OverflowError past the last block.
    """
    block = certificates // (BLOCK // 2)
    if block > LAST_BLOCK:
        raise OverflowError("the status list is full")
    return range(block * BLOCK, (block + 1) * BLOCK)
