"""Which rulings belong to one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.grid.ruling import Ruling


def connected(rulings: Sequence[Ruling], *, reach: float) -> list[list[Ruling]]:
    """Groups of rulings that cross, touch or continue one another within ``reach``.

    Programs that print a border cell by cell leave pieces of one line that no other crosses.
    """
    parent = list(range(len(rulings)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    across = [i for i, r in enumerate(rulings) if r.horizontal]
    down = [i for i, r in enumerate(rulings) if not r.horizontal]
    for i, j in (*_continued(rulings, across, reach), *_continued(rulings, down, reach)):
        parent[root(i)] = root(j)
    for i in across:
        h = rulings[i]
        for j in down:
            v = rulings[j]
            if (
                h.start - reach <= v.position <= h.end + reach
                and v.start - reach <= h.position <= v.end + reach
            ):
                parent[root(i)] = root(j)
    groups: dict[int, list[Ruling]] = {}
    for i, ruling in enumerate(rulings):
        groups.setdefault(root(i), []).append(ruling)
    return list(groups.values())


def _continued(
    rulings: Sequence[Ruling], indices: Sequence[int], reach: float
) -> Iterator[tuple[int, int]]:
    """Pairs of rulings of one direction that lie on one line and overlap or abut."""
    ordered = sorted(indices, key=lambda i: rulings[i].position)
    for n, i in enumerate(ordered):
        for j in ordered[n + 1 :]:
            if rulings[j].position - rulings[i].position > reach:
                break
            if (
                rulings[i].start <= rulings[j].end + reach
                and rulings[j].start <= rulings[i].end + reach
            ):
                yield i, j
