"""Alignment: goals, indicators and money should speak of the same things."""

from __future__ import annotations

import re
from functools import lru_cache

from audit.catalogue import rule
from audit.folding import fold
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Subject, number
from audit.verdict import Severity, Verdict, passed_unless

_NUMBER = r"(?<![\d第.．\-—〔（(A-Za-z])\d[\d,，]*(?:\.\d+)?"
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*[%％]?")


@lru_cache(maxsize=8)
def _quantity(units: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True))
    return re.compile(rf"({_NUMBER})\s*((?:余|多)?[百千万亿]{{0,2}})\s*({words})(?![年月日])")


@rule(Severity.LOW, "年度目标中的数量没有对应的指标")
def quantity_without_indicator(subject: Subject, parameters: Parameters) -> Verdict:
    """A quantity in the goals that no indicator carries."""
    path = subject.first(parameters.words("goals"))
    goal = subject.text_at(path)
    found = {
        (m[1].replace(",", "").replace("，", ""), m[0]): None
        for m in _quantity(parameters.words("units")).finditer(goal)
    }
    if not found:
        raise NotApplicable
    carried: set[str] = set()
    for i, row in subject.table("indicators").items():
        if row.get("target") is None or subject.is_doubtful(f"indicators/{i}/target"):
            raise Insufficient(f"indicators/{i}/target")
        said = f"{row.get('level3') or ''} {row.get('target') or ''}"
        carried.update(_FIGURE.findall(said.replace(",", "").replace("％", "%").replace(" ", "")))
    lost = [
        printed
        for figure, printed in found
        if (figure + "%" * printed.endswith(("%", "％"))) not in carried
    ]
    messages = [f"目标中的“{'”“'.join(lost)}”没有指标"] if lost else []
    return passed_unless(messages, [path])


@rule(Severity.LOW, "有目标而没有钱，或子项目有钱而目标、指标都不提")
def goal_without_money(subject: Subject, parameters: Parameters) -> Verdict:
    """Goals without money, or a sub-project with money that no goal speaks of."""
    annual_path = subject.first(parameters.words("annual"))
    goal_paths = [p for p in parameters.words("goals") if p in subject.values]
    goals = [subject.certain(p) for p in goal_paths]
    said = "".join(g for g in goals if isinstance(g, str))
    if not said.strip():
        raise NotApplicable
    annual = number(subject.certain(annual_path))
    if annual is None:
        raise Insufficient(annual_path)
    messages: list[str] = []
    paths: list[str] = []
    if annual == 0:
        messages.append("写有绩效目标，当年预算却为零")
        paths += [annual_path, *goal_paths]
    least = parameters.number("covered") / 100
    spoken = fold_long(said + _also_said(subject, parameters))
    for i, row in subject.rows("subprojects").items():
        name, amount = row.get("name"), number(row.get("amount"))
        if isinstance(name, str) and amount and not subject.is_doubtful(f"subprojects/{i}/name"):
            pairs = _pairs(name)
            if pairs and sum(p in spoken for p in pairs) < least * len(pairs):
                messages.append(f"子项目“{name}”有 {amount:,.2f} 元，目标和指标都没有提到")
                paths.append(f"subprojects/{i}/name")
    return passed_unless(messages, paths)


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
