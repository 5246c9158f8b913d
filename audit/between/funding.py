"""The same activity paid for, or claimed, in two projects of one year."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from sys import intern

import numpy as np
import numpy.typing as npt

from audit.between.base import CrossCheck, CrossFinding, Numbering, project_of
from audit.between.shingles import STRETCH, UInt64s, characters, stretches
from audit.catalogue import across
from audit.folding import fold
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Outline, Subject
from audit.verdict import Outcome, Severity

CHARACTERS_AT_ONCE = 2_000_000
TABLE_BITS = 24
INDICATOR_TEXTS = ("level3", "target")
_TITLE = re.compile(r"《([^《》]+)》|“([^“”]+)”")
_BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class _Activity:
    """A name under which money was asked for, and where it stands.

    Attributes:
        funded: Place in the stream and row of each sub-project of that name.
        claimed: Place and path of each text that speaks of it.
    """

    name: str
    funded: list[tuple[int, int]] = field(default_factory=list)
    claimed: list[tuple[int, str]] = field(default_factory=list)


@across(
    "double_funding",
    "between",
    Severity.HIGH,
    "同一活动在两个项目里列支或列为成果",
    "the same activity is paid for, or claimed, in two projects",
)
class DoubleFunding(CrossCheck):
    """Names of sub-projects, looked for in all texts at once by the hash of their beginning."""

    def __init__(self, parameters: Parameters) -> None:
        self._claims = parameters.words("claims")
        self._tables = parameters.words("tables")
        self._least = max(parameters.whole("characters"), STRETCH)
        self._most = parameters.whole("projects")
        self._general = {fold(word) for word in parameters.words("general")}
        self._activities: dict[str, _Activity] = {}
        self._by_start: dict[str, list[_Activity]] = defaultdict(list)
        self._starts: npt.NDArray[np.bool_] | None = None
        self._projects = Numbering()
        self._unsure: list[int] = []
        self._owners, self._years = array("i"), array("i")
        self._texts: list[tuple[str, int, str]] = []
        self._length = 0

    def prepare(self, outline: Outline) -> None:
        """Keeps the names of the sub-projects."""
        for _, name in outline.activities:
            for wanted in self._names(name):
                self._activities.setdefault(wanted, _Activity(wanted))

    def _names(self, name: str) -> list[str]:
        """What an activity is called: the titles in its name, else the name itself."""
        titles = [m[1] or m[2] for m in _TITLE.finditer(name)]
        whole = [_BLANK.sub("", t) for t in titles or [name]]
        return [t for t in whole if len(t) >= self._least and fold(t) not in self._general]

    def observe(self, place: int, subject: Subject) -> None:
        """Notes what is funded, and keeps the texts for `_flush`."""
        self._skip_to(place)
        rows = subject.rows("subprojects")
        texts, doubtful = self._claiming(subject)
        if not rows and not texts:
            raise Insufficient(*doubtful) if doubtful else NotApplicable
        if doubtful:
            self._unsure.append(place)
        year = subject.year()
        self._owners[place] = self._projects.of(project_of(subject))
        self._years[place] = year
        for i, row in rows.items():
            name = row.get("name")
            if isinstance(name, str) and not subject.is_doubtful(f"subprojects/{i}/name"):
                for wanted in self._names(name):
                    if wanted in self._activities:
                        self._activities[wanted].funded.append((place, i))
        for path, text in texts:
            plain = _BLANK.sub("", text)
            self._texts.append((plain, place, path))
            self._length += len(plain)
        if self._length > CHARACTERS_AT_ONCE:
            self._flush()

    def _claiming(self, subject: Subject) -> tuple[list[tuple[str, str]], list[str]]:
        """Texts that may speak of an activity, and paths of those that cannot be relied upon."""
        paths = list(self._claims)
        for key in self._tables:
            for i, row in subject.rows(key).items():
                paths += [f"{key}/{i}/{c}" for c in INDICATOR_TEXTS if row.get(c)]
        doubtful = [p for p in paths if p in subject.issues and subject.is_doubtful(p)]
        sure = ((p, subject.values.get(p)) for p in paths if p not in doubtful)
        return [(intern(p), t) for p, t in sure if isinstance(t, str) and t], doubtful

    def _skip_to(self, place: int) -> None:
        while len(self._owners) <= place:
            self._owners.append(-1)
            self._years.append(0)

    def _flush(self) -> None:
        """Looks for the names in the texts that were kept."""
        joined = "".join(text for text, _, _ in self._texts)
        ends = list(accumulate(len(text) for text, _, _ in self._texts))
        if self._starts is None:
            self._starts = self._table()
        hashed = stretches(characters(joined))
        hits = np.flatnonzero(self._starts[_slots(hashed)])
        for at in hits.tolist():
            number = bisect_right(ends, at)
            for activity in self._by_start.get(joined[at : at + STRETCH], ()):
                end = at + len(activity.name)
                if end <= ends[number] and joined.startswith(activity.name, at):
                    _, place, path = self._texts[number]
                    if not activity.claimed or activity.claimed[-1] != (place, path):
                        activity.claimed.append((place, path))
        self._texts, self._length = [], 0

    def _table(self) -> npt.NDArray[np.bool_]:
        """By slot of a hash: whether the name of an activity begins so."""
        table = np.zeros(1 << TABLE_BITS, dtype=np.bool_)
        for activity in self._activities.values():
            self._by_start[activity.name[:STRETCH]].append(activity)
        starts = "".join(self._by_start)
        if starts:
            table[_slots(stretches(characters(starts))[::STRETCH])] = True
        return table

    def finish(self) -> Iterator[CrossFinding]:
        """Activities of one year in more than one project, and not in so many as to be general."""
        self._flush()
        for activity in self._activities.values():
            for year in sorted({self._years[place] for place, _ in activity.funded}):
                found = self._in_year(activity, year)
                if found is not None:
                    yield found

    def settle(self) -> Mapping[int, Outcome]:
        """Declarations of which some could not be compared, and nothing was found."""
        return dict.fromkeys(self._unsure, Outcome.INSUFFICIENT_DATA)

    def _in_year(self, activity: _Activity, year: int) -> CrossFinding | None:
        funded = [
            (p, f"subprojects/{i}/name") for p, i in activity.funded if self._years[p] == year
        ]
        payers = {self._owners[p] for p, _ in funded}
        claimed = [
            (p, path)
            for p, path in activity.claimed
            if self._years[p] == year and self._owners[p] not in payers
        ]
        owners = payers | {self._owners[p] for p, _ in claimed}
        if not 1 < len(owners) <= self._most:
            return None
        paths: dict[int, list[str]] = defaultdict(list)
        for place, path in funded + claimed:
            paths[place].append(path)
        places = tuple(paths)
        said = f"{len(payers)} 个项目列支"
        if claimed:
            said += f"，{len({self._owners[p] for p, _ in claimed})} 个项目列为目标或内容"
        return CrossFinding(
            f"{year} 年“{activity.name}”：{said}",
            tuple((p, tuple(dict.fromkeys(listed))) for p, listed in paths.items()),
            places,
        )


def _slots(hashed: UInt64s) -> npt.NDArray[np.int64]:
    return (hashed >> np.uint64(64 - TABLE_BITS)).astype(np.int64)
