"""Long texts that were copied from one declaration into another with few changes."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from audit.between.base import CrossCheck, CrossFinding, Numbering, project_of
from audit.between.exact import LaidAside
from audit.between.shingles import BANDS, UInt32s, UInt64s, band_keys, signatures, similarity
from audit.catalogue import across
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Outline, Subject
from audit.verdict import Outcome, Severity

CHARACTERS_AT_ONCE = 2_000_000
PAIRS_AT_ONCE = 200_000
DOUBT = 0.2
"""How far below the likeness of two texts its estimate may lie, and they are still compared."""

Pairs = npt.NDArray[np.int64]


@across(
    "near_duplicate_text",
    "between",
    Severity.MEDIUM,
    "不同项目、部门或年度的文字几乎相同",
    "texts that are nearly the same across projects, departments or years",
)
class NearDuplicateText(CrossCheck):
    """MinHash signatures, bands of them that are equal, and then the texts themselves."""

    def __init__(self, parameters: Parameters) -> None:
        self._fields = parameters.words("fields")
        self._own = [f in parameters.words("across_years") for f in self._fields]
        self._least = float(parameters.number("similarity")) / 100
        self._characters = parameters.whole("characters")
        self._listed = parameters.whole("listed")
        self._projects = Numbering()
        self._unsure: list[int] = []
        self._texts = LaidAside()
        self._waiting: list[str] = []
        self._length = 0
        self._places, self._kinds = array("i"), array("b")
        self._owners, self._years = array("i"), array("i")
        self._signatures: list[UInt32s] = []
        self._keys: list[UInt64s] = []

    def prepare(self, outline: Outline) -> None:
        """Nothing is needed beforehand."""

    def observe(self, place: int, subject: Subject) -> None:
        """Notes the long texts."""
        owner = self._projects.of(project_of(subject))
        year = subject.values.get("year")
        doubtful, noted = [], 0
        for kind, path in enumerate(self._fields):
            text = subject.values.get(path)
            if subject.is_doubtful(path):
                doubtful.append(path)
                continue
            if not isinstance(text, str) or len(text) < self._characters:
                continue
            self._waiting.append(text)
            self._texts.add(text)
            self._length += len(text)
            self._places.append(place)
            self._kinds.append(kind)
            self._owners.append(owner)
            self._years.append(year if isinstance(year, int) else 0)
            noted += 1
        if self._length > CHARACTERS_AT_ONCE:
            self._flush()
        if not noted:
            raise Insufficient(*doubtful) if doubtful else NotApplicable
        if doubtful:
            self._unsure.append(place)

    def _flush(self) -> None:
        found = signatures(self._waiting)
        self._keys.append(band_keys(found))
        self._signatures.append(found)
        self._waiting, self._length = [], 0

    def finish(self) -> Iterator[CrossFinding]:
        """Texts that hang together; the same declarations in several fields are one finding."""
        self._flush()
        shared: dict[tuple[int, ...], list[tuple[list[int], float]]] = defaultdict(list)
        for texts, least in self._clusters():
            shared[tuple(sorted({self._places[t] for t in texts}))].append((texts, least))
        for places, found in shared.items():
            paths: dict[int, list[str]] = defaultdict(list)
            for texts, _ in found:
                for text in texts:
                    paths[self._places[text]].append(self._fields[self._kinds[text]])
            named = dict.fromkeys(p for listed in paths.values() for p in listed)
            least = min(share for _, share in found)
            owners = {self._owners[text] for texts, _ in found for text in texts}
            whose = "同一项目" if len(owners) == 1 else ""
            yield CrossFinding(
                f"{whose}{len(places)} 张申报表的 {'、'.join(named)} 几乎相同"
                f"（相同片段占 {least:.0%} 以上）",
                tuple((p, tuple(dict.fromkeys(paths[p]))) for p in places[: self._listed]),
                places,
                Severity.LOW if len(owners) == 1 else None,
            )
        self._texts.close()

    def settle(self) -> Mapping[int, Outcome]:
        """Declarations of which some could not be compared, and nothing was found."""
        return dict.fromkeys(self._unsure, Outcome.INSUFFICIENT_DATA)

    def _clusters(self) -> Iterator[tuple[list[int], float]]:
        """Texts that are alike, directly or through others, and the least likeness of a pair."""
        pairs, shares = self._pairs()
        above = list(range(len(self._places)))

        def top(text: int) -> int:
            while above[text] != text:
                above[text] = above[above[text]]
                text = above[text]
            return text

        for one, other in pairs:
            above[top(int(one))] = top(int(other))
        members: dict[int, set[int]] = defaultdict(set)
        least: dict[int, float] = defaultdict(lambda: 1.0)
        for (one, other), share in zip(pairs, shares, strict=True):
            root = top(int(one))
            members[root] |= {int(one), int(other)}
            least[root] = min(least[root], float(share))
        for root, texts in members.items():
            yield sorted(texts), least[root]

    def _pairs(self) -> tuple[Pairs, npt.NDArray[np.float64]]:
        """Pairs of texts that may and do count, with their likeness."""
        keys, found = np.concatenate(self._keys), np.concatenate(self._signatures)
        self._keys, self._signatures = [], []
        codes = [self._neighbours(keys[:, band]) for band in range(BANDS)]
        unique = np.unique(np.concatenate(codes))
        pairs = np.stack([unique >> 32, unique & 0xFFFFFFFF], axis=1)
        parts = [pairs[i : i + PAIRS_AT_ONCE] for i in range(0, len(pairs), PAIRS_AT_ONCE)]
        shares = [similarity(found[p[:, 0]], found[p[:, 1]]) for p in parts]
        share = np.concatenate(shares) if shares else np.zeros(0)
        pairs = pairs[share >= self._least - DOUBT]
        share = np.fromiter(
            (self._texts.share(int(one), int(other)) for one, other in pairs), dtype=np.float64
        )
        alike = share >= self._least
        return pairs[alike], share[alike]

    def _neighbours(self, keys: UInt64s) -> Pairs:
        """Pairs of texts with the same key, each with the next, packed into one number."""
        order = np.argsort(keys, kind="stable")
        one, other = order[:-1], order[1:]
        same = keys[one] == keys[other]
        one, other = one[same], other[same]
        places, owners = np.asarray(self._places), np.asarray(self._owners)
        kinds, years = np.asarray(self._kinds), np.asarray(self._years)
        own = np.asarray(self._own)[kinds]
        count = (places[one] != places[other]) & (
            (owners[one] != owners[other])
            | ((years[one] != years[other]) & own[one] & (kinds[one] == kinds[other]))
        )
        one, other = one[count], other[count]
        packed: Pairs = (np.minimum(one, other) << 32) | np.maximum(one, other)
        return packed
