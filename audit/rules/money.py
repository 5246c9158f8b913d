"""Money: sums, shares, growth, and units that slipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Subject, number
from audit.verdict import PASSED, Severity, Verdict, failed, passed_unless
from normalizers.issues import IssueCode

HUNDRED = Decimal(100)
_LATER_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)\s*年(?!第)")
_UNTIL = re.compile(r"[-—–~～至到]\s*(20\d\d)(?!\d)\s*年?")
_FIVE_YEARS = {"十三五": 2020, "十四五": 2025, "十五五": 2030}


@rule(Severity.HIGH, "各子项目金额之和应等于当年预算")
def sum_of_subprojects(subject: Subject, parameters: Parameters) -> Verdict:
    """The amounts of the sub-projects add up to the annual budget."""
    annual = subject.number_at("annual_budget")
    paths = [f"subprojects/{i}/amount" for i in subject.table("subprojects")]
    amounts = [number(subject.certain(path)) for path in paths]
    known = [a for a in amounts if a is not None]
    if not known:
        raise NotApplicable
    total = sum(known, Decimal(0))
    if abs(total - annual) <= parameters.number("tolerance"):
        return PASSED
    return failed(
        f"子项目合计 {total:,.2f} 元，当年预算 {annual:,.2f} 元，相差 {total - annual:+,.2f} 元",
        "annual_budget",
        *paths,
    )


@rule(Severity.HIGH, "当年预算不应超过总预算")
def annual_within_total(subject: Subject, parameters: Parameters) -> Verdict:
    """The annual budget is no more than the total budget."""
    annual_path = subject.first(parameters.words("annual"))
    total_path = subject.first(parameters.words("total"))
    annual, total = subject.number_at(annual_path), subject.number_at(total_path)
    if annual - total <= parameters.number("tolerance"):
        return PASSED
    return failed(f"当年预算 {annual:,.2f} 元，超过总预算 {total:,.2f} 元", annual_path, total_path)


@rule(Severity.LOW, "目标或项目期跨多年，而总预算等于当年预算")
def one_year_money(subject: Subject, parameters: Parameters) -> Verdict:
    """The goal or the project spans several years, but all the money is for one."""
    annual_path = subject.first(parameters.words("annual"))
    total_path = subject.first(parameters.words("total"))
    annual, total = subject.number_at(annual_path), subject.number_at(total_path)
    found, paths, doubtful = _long(subject, parameters)
    if not found and not doubtful:
        raise NotApplicable
    if annual != total:
        return PASSED
    said = f"{'；'.join(found)}，总预算却等于当年预算 {annual:,.2f} 元"
    return passed_unless([said] if found else [], [*paths, total_path, annual_path], doubtful)


def _long(subject: Subject, parameters: Parameters) -> tuple[list[str], list[str], list[str]]:
    """What shows several years, on which fields that rests, and what could not be judged."""
    found: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    start, end = (subject.values.get(p) for p in _SPAN)
    doubts = [p for p in (*_SPAN, "year") if p in subject.issues and subject.is_doubtful(p)]
    doubtful += [p for p in doubts if p != "year"]
    if not doubtful and isinstance(start, date) and isinstance(end, date) and end.year > start.year:
        found.append(f"项目跨年度（{start} 至 {end}）")
        paths += _SPAN
    year = subject.values.get("year")
    for path in parameters.words("goals"):
        text = subject.values.get(path)
        if "year" in doubts or (path in subject.issues and subject.is_doubtful(path)):
            doubtful += [p for p in ("year", path) if subject.is_doubtful(p)]
        elif isinstance(text, str) and isinstance(year, int):
            several = _several_years(text, year, parameters.words("words"))
            if several:
                found.append(f"{path} 涉及多年（{several}）")
                paths.append(path)
    return found, paths, doubtful


_SPAN = ("start_date", "end_date")


def _several_years(goal: str, year: int, words: tuple[str, ...]) -> str | None:
    """What in a goal says that it reaches beyond its year."""
    for plan, last in _FIVE_YEARS.items():
        if plan in goal and last > year:
            return plan
    for match in (*_LATER_YEAR.finditer(goal), *_UNTIL.finditer(goal)):
        if int(match[1]) > year:
            return match[0]
    return next((word for word in words if word in goal), None)


@rule(Severity.HIGH, "资金总额应等于各来源之和")
def total_of_parts(subject: Subject, parameters: Parameters) -> Verdict:
    """A total is the sum of its sources."""
    tolerance = parameters.number("tolerance")
    messages: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    checked = False
    for cells in _sums(subject, parameters):
        doubts = [p for p in cells if p in subject.issues and subject.is_doubtful(p)]
        doubtful += doubts
        if not doubts:
            amounts = [number(subject.values[p]) for p in cells]
            checked |= _compare(amounts, cells, tolerance, messages, paths)
    if not checked and not doubtful:
        raise NotApplicable
    return passed_unless(messages, paths, doubtful)


def _sums(subject: Subject, parameters: Parameters) -> Iterator[list[str]]:
    """Paths of each total that the form has, and of its parts."""
    for total, parts in parameters.lists("sums").items():
        present = [p for p in parts if p in subject.values]
        if total in subject.values and present:
            yield [total, *present]
    rows = subject.rows("funds")
    for column in parameters.words("funds_columns") if len(rows) > 1 else ():
        cells = [f"funds/{i}/{column}" for i in rows]
        if all(p in subject.values for p in cells):
            yield cells


def _compare(
    amounts: list[Decimal | None],
    cells: list[str],
    tolerance: Decimal,
    messages: list[str],
    paths: list[str],
) -> bool:
    """Whether the first amount and a part of it are there; notes where they disagree."""
    total, parts = amounts[0], [a for a in amounts[1:] if a is not None]
    if total is None or not parts:
        return False
    added = sum(parts, Decimal(0))
    if abs(total - added) > tolerance:
        messages.append(f"{cells[0]} 为 {total:,.2f} 元，各分项合计 {added:,.2f} 元")
        paths += cells
    return True


@rule(Severity.MEDIUM, "预算执行率过低或超过 100 %，或没有预算却有执行")
def execution_rate(subject: Subject, parameters: Parameters) -> Verdict:
    """Execution of a budget, the previous year's or the evaluated one, is low or beyond it."""
    messages: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    checked = False
    for pair in _EXECUTED:
        if any(path not in subject.values for path in pair):
            continue
        doubts = [p for p in pair if p in subject.issues and subject.is_doubtful(p)]
        doubtful += doubts
        budget, execution = (number(subject.values[p]) for p in pair)
        if doubts or budget is None or execution is None:
            doubtful += [p for p in pair if subject.has_issue(p, IssueCode.REQUIRED_BLANK)]
            continue
        checked |= budget > 0 or execution > 0
        wrong = _wrong_rate(budget, execution, parameters)
        if wrong:
            messages.append(f"预算 {budget:,.2f} 元，执行 {execution:,.2f} 元，{wrong}")
            paths += pair
    if not checked and not doubtful:
        raise NotApplicable
    return passed_unless(messages, paths, doubtful)


_EXECUTED = (("prev_budget", "prev_execution"), ("funds/0/annual_budget", "funds/0/execution"))


def _wrong_rate(budget: Decimal, execution: Decimal, parameters: Parameters) -> str | None:
    if budget <= 0:
        return "没有预算却有执行" if execution > 0 else None
    rate = execution / budget * HUNDRED
    if parameters.number("low") <= rate <= parameters.number("high"):
        return None
    kind = "过低" if rate < parameters.number("low") else "超过预算"
    return f"执行率 {rate:.2f}%，{kind}"


@rule(Severity.MEDIUM, "当年预算比上年增减过多")
def budget_growth(subject: Subject, parameters: Parameters) -> Verdict:
    """The budget grew or shrank too much against the previous year."""
    annual, previous = subject.number_at("annual_budget"), subject.number_at("prev_budget")
    if previous <= 0:
        raise NotApplicable
    growth = (annual - previous) / previous * HUNDRED
    if -parameters.number("down") <= growth <= parameters.number("up"):
        return PASSED
    return failed(
        f"当年预算 {annual:,.2f} 元，上年 {previous:,.2f} 元，变动 {growth:+.2f}%",
        "annual_budget",
        "prev_budget",
    )


@rule(Severity.HIGH, "上年执行率低而当年预算增加")
def raised_after_low_execution(subject: Subject, parameters: Parameters) -> Verdict:
    """The budget was raised after a year of low execution."""
    annual, previous = subject.number_at("annual_budget"), subject.number_at("prev_budget")
    execution = subject.number_at("prev_execution")
    if previous <= 0:
        raise NotApplicable
    rate = execution / previous * HUNDRED
    if rate >= parameters.number("low") or annual <= previous:
        return PASSED
    return failed(
        f"上年执行率 {rate:.2f}%，当年预算仍由 {previous:,.2f} 元增至 {annual:,.2f} 元",
        "prev_budget",
        "prev_execution",
        "annual_budget",
    )


@rule(Severity.HIGH, "金额相差约一万倍，或当年预算小得、大得离谱，疑似元与万元混用")
def unit_slip(subject: Subject, parameters: Parameters) -> Verdict:
    """Amounts differ by about 10,000 times, or the budget is absurd: 元 and 万元 mixed up."""
    present = [p for p in parameters.words("amounts") if p in subject.values]
    doubtful = [p for p in present if p in subject.issues and subject.is_doubtful(p)]
    sure = {
        p: a
        for p in present
        if p not in doubtful and (a := number(subject.values[p])) is not None and a > 0
    }
    parts, unread = _subprojects(subject)
    doubtful += unread
    if len(sure) <= 1 and not any(p in sure for p in parameters.words("annual")):
        raise Insufficient(*doubtful) if doubtful else NotApplicable
    messages, paths = _absurd(sure, parameters)
    ratio, spread = parameters.number("ratio"), parameters.number("spread")
    amounts: dict[str, tuple[Decimal, tuple[str, ...]]]
    amounts = {path: (amount, (path,)) for path, amount in sure.items()}
    if parts is not None and not unread:
        amounts["子项目合计"] = parts
    least = min(a for a, _ in amounts.values())
    if max(a for a, _ in amounts.values()) < least * ratio / spread:
        return passed_unless(messages, paths, doubtful)
    for (one, (a, of_one)), (other, (b, of_other)) in combinations(amounts.items(), 2):
        large, small = max(a, b), min(a, b)
        if ratio / spread <= large / small <= ratio * spread:
            messages.append(f"{one} {a:,.2f} 元与 {other} {b:,.2f} 元相差约 {large / small:.0f} 倍")
            paths += [*of_one, *of_other]
    return passed_unless(messages, paths, doubtful)


def _subprojects(subject: Subject) -> tuple[tuple[Decimal, tuple[str, ...]] | None, list[str]]:
    """Sum of the sub-projects and its paths, where there is one; paths of doubtful amounts."""
    cells = {f"subprojects/{i}/amount": row for i, row in subject.rows("subprojects").items()}
    doubtful = [p for p in cells if p in subject.issues and subject.is_doubtful(p)]
    known = {p: a for p, row in cells.items() if (a := number(row.get("amount"))) is not None}
    total = sum(known.values(), Decimal(0))
    return ((total, tuple(known)) if total > 0 else None), doubtful


def _absurd(sure: dict[str, Decimal], parameters: Parameters) -> tuple[list[str], list[str]]:
    """A year's budget that is too small or too large to be meant: what to say, and where."""
    messages, paths = [], []
    for path in parameters.words("annual"):
        amount = sure.get(path)
        if amount is None:
            continue
        if amount < parameters.number("least"):
            messages.append(f"{path} 仅 {amount:,.2f} 元，疑为万元误作元")
            paths.append(path)
        elif amount > parameters.number("most"):
            messages.append(f"{path} 达 {amount:,.2f} 元，疑为元误作万元")
            paths.append(path)
    return messages, paths
