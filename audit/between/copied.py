"""Indicator rows that several projects share word for word."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from audit.between.base import CrossCheck, CrossFinding, Numbering, project_of
from audit.catalogue import across
from audit.folding import fold
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Outline, Row, Subject
from audit.verdict import Outcome, Severity

_QUANTITY = re.compile(r"[\d.%≥≤><=+]+")
SHOWN_ROWS = 3


@across(
    "copied_indicator",
    "between",
    Severity.MEDIUM,
    "几个项目的指标行完全相同",
    "indicator rows that are the same in several projects",
)
class CopiedIndicator(CrossCheck):
    """Equal rows by the hash of their folded text."""

    def __init__(self, parameters: Parameters) -> None:
        self._least = parameters.whole("projects")
        self._own_words = parameters.whole("own_words")
        self._listed = parameters.whole("listed")
        self._projects = Numbering()
        self._unsure: list[int] = []
        self._first: dict[int, int] = {}
        self._texts: dict[int, str] = {}
        self._keys, self._places = array("q"), array("i")
        self._rows, self._owners = array("i"), array("i")

    def prepare(self, outline: Outline) -> None:
        """Nothing is needed beforehand."""

    def observe(self, place: int, subject: Subject) -> None:
        """Notes the rows."""
        rows = subject.table("indicators")
        owner = self._projects.of(project_of(subject))
        doubtful, noted = [], 0
        for i, row in rows.items():
            key = self._key(row)
            if key is None:
                continue
            path = f"indicators/{i}/target"
            if subject.is_doubtful(path) or subject.is_doubtful(f"indicators/{i}/level3"):
                doubtful.append(path)
                continue
            self._note(hash(key), place, i, owner, row)
            noted += 1
        if not noted:
            raise Insufficient(*doubtful) if doubtful else NotApplicable
        if doubtful:
            self._unsure.append(place)

    def _note(self, key: int, place: int, row: int, owner: int, cells: Row) -> None:
        if self._first.setdefault(key, owner) != owner and key not in self._texts:
            self._texts[key] = " ".join(
                str(cells.get(c)) for c in ("level2", "level3", "target") if cells.get(c)
            )
        self._keys.append(key)
        self._places.append(place)
        self._rows.append(row)
        self._owners.append(owner)

    def _key(self, row: Row) -> tuple[str, ...] | None:
        """What must be equal; ``None`` for a row without a target.

        A target with words of its own (跨部门协调效率100%) tells which indicator it is; a bare
        100% does so only together with the indicator's name.
        """
        target, name = row.get("target"), row.get("level3")
        if not isinstance(target, str) or not target.strip():
            return None
        kind, plain = fold(str(row.get("level2") or "")), fold(target)
        words, figures = len(_QUANTITY.sub("", plain)), any(c.isdigit() for c in plain)
        if figures and words >= self._own_words:
            return kind, plain
        if not isinstance(name, str) or not name.strip():
            return None
        return kind, fold(name), plain

    def finish(self) -> Iterator[CrossFinding]:
        """Rows that the same declarations share are one finding, in the order of the print.

        Hashes differ from process to process: nothing that is said may depend on their order, or
        decisions on a finding would be lost.
        """
        shared: dict[tuple[int, ...], list[tuple[int, dict[int, int]]]] = defaultdict(list)
        for key, rows in self._groups():
            shared[tuple(sorted(rows))].append((key, rows))
        for places, found in sorted(shared.items()):
            found.sort(key=lambda one: one[1][places[0]])
            texts = [f"“{self._texts[key]}”" for key, _ in found[:SHOWN_ROWS]]
            more = "等" if len(found) > SHOWN_ROWS else ""
            yield CrossFinding(
                f"{len(places)} 张申报表有 {len(found)} 行指标相同：{'、'.join(texts)}{more}",
                tuple(
                    (
                        place,
                        tuple(f"indicators/{rows[place]}/target" for _, rows in found[:SHOWN_ROWS]),
                    )
                    for place in places[: self._listed]
                ),
                places,
            )

    def settle(self) -> Mapping[int, Outcome]:
        """Declarations of which some could not be compared, and nothing was found."""
        return dict.fromkeys(self._unsure, Outcome.INSUFFICIENT_DATA)

    def _groups(self) -> Iterator[tuple[int, dict[int, int]]]:
        """Hash of a row, and in which row of which place it stands, if projects enough have it."""
        keys = np.frombuffer(self._keys, dtype=np.int64)
        if not len(keys):
            return
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.r_[True, np.diff(keys[order]) != 0])
        ends = np.r_[starts[1:], len(order)]
        for start, end in zip(starts, ends, strict=True):
            if end - start < self._least:
                continue
            entries = order[start:end]
            if len({self._owners[e] for e in entries}) >= self._least:
                rows: dict[int, int] = {}
                for e in entries:
                    rows.setdefault(self._places[e], self._rows[e])
                yield int(keys[entries[0]]), rows
