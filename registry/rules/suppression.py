"""Small cells: a figure about fewer than five people tells of single people, so it is not shown.

个人信息保护法 §28 and docs/domain.md §6. Nor may it be worked out: by taking the shown rows from a shown total, or last
month's figure from this month's.
"""

from collections.abc import Iterable, Sequence

LEAST = 5
"""The fewest people a figure may be about; none at all is no secret."""

Unit = tuple[int, int]
"""A thing that people answered about, and how many did: (key, count)."""


def shown(count: int) -> int | None:
    """The count as it may be shown outside; None where it is of one to four people."""
    return None if 0 < count < LEAST else count


def may_show_share(part: int, whole: int) -> bool:
    """Whether a share of the whole may be shown: neither who is in the part nor who is not may be a few."""
    return whole >= LEAST and shown(part) is not None and shown(whole - part) is not None


def may_show_total(hidden: Iterable[int]) -> bool:
    """Whether a total may stand beside rows of which these counts are hidden: it must not tell them."""
    return shown(sum(hidden)) is not None


def join(units: Sequence[Unit]) -> tuple[list[int], list[Unit]]:
    """Which units may enter a total, and which must wait.

    A unit of at least LEAST stands by itself. The smaller ones are joined in the order given into blocks of at least
    LEAST; what is left over waits. As long as new units come last the blocks stay, so that a later total less an
    earlier one is never about fewer than LEAST people.
    """
    let_in: list[int] = []
    block: list[Unit] = []
    for unit in units:
        if unit[1] >= LEAST:
            let_in.append(unit[0])
            continue
        block.append(unit)
        if sum(count for _key, count in block) >= LEAST:
            let_in += [key for key, _count in block]
            block = []
    return let_in, block


def nest(groups: Sequence[Sequence[Unit]]) -> tuple[list[list[int]], list[int], list[Unit]]:
    """What each group may show, what their total may show, and which units wait for a total further up.

    The total is all that the groups show and blocks of what they could not: any difference between figures of a tree
    that was built so is about a block at least.
    """
    each = [join(group) for group in groups]
    more, waiting = join([unit for _let_in, held in each for unit in held])
    total = [key for let_in, _held in each for key in let_in] + more
    return [let_in for let_in, _held in each], total, waiting
