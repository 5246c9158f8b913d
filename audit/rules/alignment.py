"""Alignment: goals, indicators and money should speak of the same things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from audit.catalogue import rule
from audit.folding import fold
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Row, Subject, number
from audit.verdict import Severity, Verdict, passed_unless

_NUMBER = r"(?<![\d第.．\-—〔（(A-Za-z])\d[\d,，]*(?:\.\d+)?"
_SCALE = r"(?:余|多)?[百千万亿]{0,2}"
_FIGURE = re.compile(rf"(\d[\d,，]*(?:\.\d+)?)\s*({_SCALE})\s*([%％]?)")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
Figure = tuple[Decimal, bool]
"""A number, 2万 as 20,000, and whether it is a percentage."""


@lru_cache(maxsize=8)
def _quantity(units: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True))
    return re.compile(rf"({_NUMBER})\s*({_SCALE})\s*({words})(?![年月日元])")


@lru_cache(maxsize=20_000)
def _figure(digits: str, scale: str, unit: str) -> Figure | None:
    try:
        value = Decimal(digits.replace(",", "").replace("，", "").rstrip("."))
    except InvalidOperation:
        return None
    for character in scale:
        value *= _SCALES.get(character, 1)
    return value, unit in ("%", "％")


@rule(Severity.LOW, "目标中的数量没有对应的指标")
def quantity_without_indicator(subject: Subject, parameters: Parameters) -> Verdict:
    """A quantity in the goals that no indicator carries."""
    messages: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    found = False
    for path, tables in parameters.lists("goals").items():
        goal = subject.values.get(path, "")
        if goal is None or subject.is_doubtful(path):
            doubtful.append(path)
            continue
        quantities = _quantities(str(goal), parameters.words("units"))
        rows = {f"{t}/{i}": row for t in tables for i, row in subject.rows(t).items()}
        if not quantities or not rows:
            doubtful += [t for t in tables if quantities and subject.is_doubtful(t)]
            continue
        found = True
        carried = _carried(rows)
        lost = [printed for printed, figure in quantities.items() if figure not in carried]
        unread = _unread(subject, rows) if lost else []
        doubtful += unread
        if lost and not unread:
            messages.append(f"目标中的“{'”“'.join(lost)}”没有指标")
            paths.append(path)
    if not found and not doubtful:
        raise NotApplicable
    return passed_unless(messages, paths, doubtful)


def _quantities(goal: str, units: tuple[str, ...]) -> dict[str, Figure]:
    """Quantities of a goal, as printed."""
    found = {}
    for match in _quantity(units).finditer(goal):
        figure = _figure(match[1], match[2], match[3])
        if figure is not None:
            found[match[0]] = figure
    return found


def _carried(rows: Mapping[str, Row]) -> set[Figure]:
    """Every figure in names and targets of indicators."""
    said = "\n".join(f"{r.get('level3') or ''}\n{r.get('target') or ''}" for r in rows.values())
    figures = (_figure(*match) for match in _FIGURE.findall(said))
    return {figure for figure in figures if figure is not None}


def _unread(subject: Subject, rows: Mapping[str, Row]) -> list[str]:
    """Names and targets of indicators that are unread or in doubt."""
    return [
        f"{place}/{column}"
        for place, row in rows.items()
        for column in ("level3", "target")
        if column in row
        and (row[column] is None or (subject.issues and subject.is_doubtful(f"{place}/{column}")))
    ]


@rule(Severity.LOW, "有目标而没有钱，目标的一章没有对应的子项目，或子项目有钱而目标、指标都不提")
def goal_without_money(subject: Subject, parameters: Parameters) -> Verdict:
    """Goals or a chapter of them without money, or money that no goal speaks of."""
    annual_path = subject.first(parameters.words("annual"))
    goal_paths = [p for p in parameters.words("goals") if p in subject.values]
    goals = [subject.certain(p) for p in goal_paths]
    said = "".join(g for g in goals if isinstance(g, str))
    if not said.strip():
        raise NotApplicable
    annual = number(subject.certain(annual_path))
    if annual is None:
        raise Insufficient(annual_path)
    messages, paths, doubtful = _unfunded(subject, goal_paths, parameters)
    if annual == 0:
        messages.append("写有绩效目标，当年预算却为零")
        paths += [annual_path, *goal_paths]
    least = parameters.number("covered") / 100
    spoken = fold_long(said + _also_said(subject, parameters))
    unread = _unread_texts(subject, parameters)
    for i, row in subject.rows("subprojects").items():
        name, amount = row.get("name"), number(row.get("amount"))
        cells = [f"subprojects/{i}/name", f"subprojects/{i}/amount"]
        if subject.issues and any(subject.is_doubtful(cell) for cell in cells):
            doubtful += [cell for cell in cells if subject.is_doubtful(cell)]
        elif isinstance(name, str) and amount:
            pairs = _pairs(name)
            if pairs and sum(p in spoken for p in pairs) < least * len(pairs):
                doubtful += unread
                if not unread:
                    messages.append(f"子项目“{name}”有 {amount:,.2f} 元，目标和指标都没有提到")
                    paths += cells
    return passed_unless(messages, paths, doubtful)


def _unread_texts(subject: Subject, parameters: Parameters) -> list[str]:
    """Paths of what might speak of a sub-project, but is unread or in doubt."""
    if not subject.issues:
        return []
    paths = [p for p in (*parameters.words("also_in"), "indicators") if subject.is_doubtful(p)]
    rows = {f"indicators/{i}": row for i, row in subject.rows("indicators").items()}
    return paths + _unread(subject, rows)


_CHAPTER = re.compile(
    r"(?:^|\n)[ 　]*(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)])[ 　]*"
    r"([^\d，,。；;：:\n、]{3,24})[：:]?[ 　]*(?=\n)"
)
"""The heading of a chapter of a goal, on a line of its own: 二、引才计划系列."""


def _unfunded(
    subject: Subject, goal_paths: list[str], parameters: Parameters
) -> tuple[list[str], list[str], list[str]]:
    """Chapters of the goals for which no sub-project is: what to say, paths, what is in doubt.

    Only where other chapters have one: elsewhere sub-projects are divided by something else.
    """
    rows = subject.rows("subprojects")
    names = {f"subprojects/{i}/name": row["name"] for i, row in rows.items() if row.get("name")}
    chapters = {
        match[1].strip(): path
        for path in goal_paths
        for match in _CHAPTER.finditer(str(subject.values[path] or ""))
    }
    general = parameters.words("general_chapters")
    named = [c for c in chapters if names and not any(word in c for word in general)]
    said = tuple(map(str, names.values()))
    without = [c for c in named if not _is_funded(c, said, parameters)]
    if not without or len(without) == len(named):
        return [], [], []
    unread = [f"subprojects/{i}/name" for i, row in rows.items() if row.get("name") is None]
    unread += [name for name in names if subject.issues and subject.is_doubtful(name)]
    if unread:
        return [], [], unread
    messages = [f"目标中的“{chapter}”没有对应的子项目" for chapter in without]
    return messages, [*(chapters[c] for c in without), *names], []


def _is_funded(chapter: str, names: tuple[str, ...], parameters: Parameters) -> bool:
    """Whether sub-projects have enough of a chapter's pairs of characters, or are short for it."""
    plain = chapter
    for word in parameters.words("says_nothing"):
        plain = plain.replace(word, " ")
    pairs = {p for piece in plain.split() for p in _pairs(piece)} or set(_pairs(chapter))
    together = fold_long("\n".join(names))
    return sum(p in together for p in pairs) * 100 >= parameters.number("named") * len(
        pairs
    ) or any(_is_short_for(name, chapter) or _is_short_for(chapter, name) for name in names)


def _is_short_for(short: str, name: str) -> bool:
    """Whether the characters of a short name stand in a long one in this order: 花博会."""
    characters = iter(name)
    return 1 < len(short) <= len(name) and all(c in characters for c in short)


def _also_said(subject: Subject, parameters: Parameters) -> str:
    texts = [subject.values.get(p) for p in parameters.words("also_in")]
    for row in subject.rows("indicators").values():
        texts += [row.get("level3"), row.get("target")]
    return "\n".join(t for t in texts if isinstance(t, str))


def fold_long(text: str) -> str:
    """A long text without spaces, in which words are to be found."""
    return text.replace(" ", "").replace("\n", "")


@lru_cache(maxsize=50_000)
def _pairs(name: str) -> tuple[str, ...]:
    """Every two neighbouring characters of a name."""
    plain = fold(name)
    return tuple(plain[i : i + 2] for i in range(len(plain) - 1))
