"""Texts laid aside on disk, and how much two of them really share."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from tempfile import TemporaryFile
from weakref import finalize

import numpy as np

from audit.between.shingles import UInt64s, characters, stretches

KEPT = 5_000
"""Texts whose stretches are kept while pairs are compared."""


class LaidAside:
    """Texts by number, in a file: an archive's long texts do not fit into memory."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by `close`, or with the object
        self.close = finalize(self, self._file.close)
        self._ends = array("q", [0])
        self._kept: OrderedDict[int, UInt64s] = OrderedDict()

    def add(self, text: str) -> None:
        """The next text."""
        written = self._file.write(text.encode("utf-8", "surrogatepass"))
        self._ends.append(self._ends[-1] + written)

    def share(self, one: int, other: int) -> float:
        """Stretches that both texts have, as a share of those that either has (Jaccard)."""
        mine, theirs = self._distinct(one), self._distinct(other)
        common = len(np.intersect1d(mine, theirs, assume_unique=True))
        return common / max(len(mine) + len(theirs) - common, 1)

    def _distinct(self, number: int) -> UInt64s:
        """Distinct stretches of a text; those of the last texts are at hand."""
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        begin, end = self._ends[number], self._ends[number + 1]
        self._file.seek(begin)
        text = self._file.read(end - begin).decode("utf-8", "surrogatepass")
        self._kept[number] = found = np.unique(stretches(characters(text)))
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found
