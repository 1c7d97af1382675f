"""Which figures of a tree of regions may leave together, so that nobody works out a count of one to four people.

Not only a small count is held back: also what it would follow from. Nothing that can be computed from all that was
ever released, by adding and subtracting rows, totals, breakdowns, shares, levels of the tree and months, is about one
to four people, nor must a small count be the only one that fits (docs/privacy.md; the attack on it is
tests/registry/rules/test_differencing.py).

How it holds: a region is shown or it is not, with all parts that its people are divided into. Regions that are not
shown are hidden together with others until the rest, which anybody can compute as the region above less the shown
ones, is safe in every part; and so is every change since each earlier release. A breakdown is released only of regions
whose undivided figure is, so that it tells no new totals.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import add, sub

from registry.rules.suppression import shown

Parts = tuple[int, ...]
"""Counts of the disjoint parts of a region's people, in a fixed order."""

Released = Mapping[str, Parts]
"""By code, what one release shows."""

ITSELF = ""
"""Those whom a region manages itself, by none below it: what is left when all below are shown."""


def is_safe(parts: Iterable[int]) -> bool:
    """Whether none of these counts, or changes, is about one to four people."""
    return all(shown(abs(part)) is not None for part in parts)


def released(
    root: str,
    below: Mapping[str, Sequence[str]],
    counts: Mapping[str, Parts],
    *,
    earlier: Sequence[Released] = (),
    within: Collection[str] | None = None,
) -> set[str]:
    """The codes whose counts may be shown; empty where not even the root's may.

    `below` gives the regions right below each, `counts` those of every region with all below it. `earlier` is all that
    was released of the same counts before, `within` the regions of which a coarser figure is shown.
    """
    allowed = {*counts, root} if within is None else within
    tops = [release[root] for release in earlier if root in release]
    if root not in allowed or not is_safe(counts[root]):
        return set()
    if not all(is_safe(_less(counts[root], top)) for top in tops):
        return set()
    found, waiting = {root}, [root]
    while waiting:
        parent = waiting.pop()
        if not (children := below.get(parent)):
            continue
        family = _Family(parent, children, counts, earlier)
        open_ones = set(children) - family.hidden(allowed)
        found |= open_ones
        waiting += sorted(open_ones)
    return found


class _Family:
    """The regions right below one that is shown, and those it manages itself."""

    def __init__(
        self,
        parent: str,
        children: Sequence[str],
        counts: Mapping[str, Parts],
        earlier: Sequence[Released],
    ) -> None:
        whole = counts[parent]
        nobody = (0,) * len(whole)
        self.now = {child: counts.get(child, nobody) for child in children}
        self.now[ITSELF] = _less(whole, _total(self.now.values(), nobody))
        self.nobody = nobody
        self.before = [_known(release, parent, children) for release in earlier if parent in release]
        self.tops = [release[parent] for release in earlier if parent in release]

    def hidden(self, allowed: Collection[str]) -> set[str]:
        """Who may not be shown: small ones, those whose change is small, and others in whose company they stay hidden."""
        hidden = {
            one
            for one, parts in self.now.items()
            if not is_safe(parts)
            or (one != ITSELF and one not in allowed)
            or any(one in known and not is_safe(_less(parts, known[one])) for known in self.before)
        }
        # The smallest go first, who nobody is in last: they hide nothing.
        order = sorted(self.now, key=lambda one: (not any(self.now[one]), sum(self.now[one]), one))
        while not self._stands(hidden):
            hidden.add(next(one for one in order if one not in hidden))
        return hidden

    def _stands(self, hidden: set[str]) -> bool:
        """Whether nothing small follows; what was hidden before is added where it would be told apart now."""
        if hidden:
            hidden.add(ITSELF)
        if len(hidden) == len(self.now):
            return True  # then only the parent is told, which may be
        if not is_safe(self._total(hidden)):
            return False
        for known, top in zip(self.before, self.tops, strict=True):
            was = set(self.now) - set(known)
            if was & hidden and not (was <= hidden or hidden <= was):
                hidden |= was
                return self._stands(hidden)
            for block in [hidden | was] if hidden & was else [hidden, was]:
                if not is_safe(self._change(block, known, top)):
                    hidden |= was
                    return len(hidden) == len(self.now)
        return True

    def _total(self, block: set[str]) -> Parts:
        return _total((self.now[one] for one in block), self.nobody)

    def _change(self, block: set[str], known: Released, top: Parts) -> Parts:
        """Since a release that told each of the block, or else told everybody else."""
        if all(one in known for one in block):
            then = _total((known[one] for one in block), self.nobody)
        else:
            then = _less(top, _total((known[one] for one in self.now if one not in block), self.nobody))
        return _less(self._total(block), then)


def _known(release: Released, parent: str, children: Sequence[str]) -> dict[str, Parts]:
    """What a release told of a family: those shown in it, and where that was everybody also the parent's own."""
    known = {child: release[child] for child in children if child in release}
    if len(known) == len(children):
        known[ITSELF] = _less(release[parent], _total(known.values(), (0,) * len(release[parent])))
    return known


def _total(each: Iterable[Parts], nobody: Parts) -> Parts:
    whole = nobody
    for parts in each:
        whole = tuple(map(add, whole, parts))
    return whole


def _less(whole: Parts, part: Parts) -> Parts:
    return tuple(map(sub, whole, part))
