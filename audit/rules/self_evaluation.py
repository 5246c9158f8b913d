"""Self-evaluation: scores that follow from targets, and shortfalls that want a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Row, Subject, number
from audit.verdict import Severity, Verdict, passed_unless
from normalizers.records import ParsedTarget

ONE, ZERO = Decimal(1), Decimal(0)
AT_MOST = ("<=", "<")


@dataclass(slots=True)
class _Result:
    """What was reached of a target.

    Attributes:
        share: 1 where it was met; else how far, from 0.
        beyond: How far a target that more is better for was outdone, from 0.
    """

    share: Decimal
    beyond: Decimal


def _evaluated(subject: Subject) -> Mapping[str, Row]:
    """Rows of indicators by their place, in a form that has actual values.

    Raises:
        NotApplicable: It looks ahead.
        Insufficient: Its table was not found.
    """
    rows = subject.rows("indicators")
    if not any("actual" in row for row in rows.values()):
        if subject.is_doubtful("indicators") and "total_score" in subject.values:
            raise Insufficient("indicators")
        raise NotApplicable
    return {f"indicators/{i}": row for i, row in rows.items()}


def single(parts: tuple[ParsedTarget, ...]) -> tuple[str, Decimal, str | None] | None:
    """Comparison, number and unit of a target that is one number."""
    if len(parts) != 1 or parts[0].value is None or ".." in parts[0].value:
        return None
    try:
        return parts[0].operator or "=", Decimal(parts[0].value), parts[0].unit
    except InvalidOperation:
        return None


def _doubtful(subject: Subject, place: str, row: Row, *columns: str) -> list[str]:
    """Paths of those of these cells that await review."""
    paths = (f"{place}/{column}" for column in columns if column in row)
    return [path for path in paths if subject.is_doubtful(path)]


def _result(subject: Subject, place: str, row: Row, falling: tuple[str, ...]) -> _Result | None:
    """Compares a target and what came of it; ``None`` where they are not comparable.

    Of a met target the whole weight is due, of an unmet one its reached share (财预〔2020〕10号).
    A target with ≤, or a bare one for something that should be low, is met from above.
    """
    target = single(tuple(subject.parsed.get(f"{place}/target", ())))
    actual = single(tuple(subject.parsed.get(f"{place}/actual", ())))
    if target is None or actual is None or target[2] != actual[2]:
        return None
    operator, wanted, _ = target
    found = actual[1]
    said = f"{row.get('level2') or ''} {row.get('level3') or ''} {row.get('target') or ''}"
    is_bare = operator in ("=", "~")
    if operator in AT_MOST or (is_bare and any(word in said for word in falling)):
        met = found <= wanted
        return _Result(ONE if met else max(wanted / found, ZERO) if found > 0 else ZERO, ZERO)
    if wanted <= 0:
        return _Result(ONE, ZERO) if found >= wanted else None
    return _Result(min(max(found / wanted, ZERO), ONE), max(found - wanted, ZERO) / wanted)


@rule(Severity.MEDIUM, "得分与完成情况不符（目标有 ≥ 和 ≤ 两个方向），或超出分值")
def score_arithmetic(subject: Subject, parameters: Parameters) -> Verdict:
    """A score does not follow from target and actual value, in either direction."""
    messages: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    checked = False
    for place, row in _evaluated(subject).items():
        doubts = _doubtful(subject, place, row, *_SCORED)
        doubtful += doubts
        weight, score = number(row.get("weight")), number(row.get("score"))
        if doubts or weight is None or score is None:
            continue
        checked = True
        wrong = _wrong_score(subject, place, row, (weight, score), parameters)
        if wrong:
            messages.append(f"“{row.get('level3')}”{wrong}")
            paths += [f"{place}/{column}" for column in _SCORED]
    checked |= _money_score(subject, parameters, messages, paths, doubtful)
    if not checked and not doubtful:
        raise NotApplicable
    return passed_unless(messages, paths, doubtful)


_SCORED = ("target", "actual", "weight", "score")


def _wrong_score(
    subject: Subject,
    place: str,
    row: Row,
    points: tuple[Decimal, Decimal],
    parameters: Parameters,
) -> str | None:
    """What is wrong with a row's weight and score, if anything."""
    weight, score = points
    if not 0 <= score <= weight:
        return f"得分 {score} 不在 0 至分值 {weight} 之间"
    result = _result(subject, place, row, parameters.words("falling"))
    if result is None:
        return None
    due = weight * result.share
    forgiven = score < due and result.beyond * 100 > parameters.number("overshoot")
    if forgiven or abs(score - due) <= parameters.number("tolerance"):
        return None
    said = f"目标 {row.get('target')}、完成 {row.get('actual')}"
    return f"{said}，分值 {weight}，得分 {score}，按比例应为 {due:.2f}"


def _money_score(
    subject: Subject,
    parameters: Parameters,
    messages: list[str],
    paths: list[str],
    doubtful: list[str],
) -> bool:
    """Notes a score of the money that is not its weight by the rate of execution.

    Returns:
        Whether there is one.
    """
    row = subject.rows("funds").get(0, {})
    found = [number(row.get(column)) for column in _SPENT]
    budget, execution, weight, score = found
    doubts = _doubtful(subject, "funds/0", row, *_SPENT)
    doubtful += doubts
    if doubts or budget is None or execution is None or weight is None or score is None:
        return False
    if budget > 0:
        due = weight * min(execution / budget, ONE)
        if abs(score - due) > parameters.number("tolerance"):
            rate = execution / budget * 100
            messages.append(f"资金执行率 {rate:.2f}%，分值 {weight}，得分 {score}，应为 {due:.2f}")
            paths += [f"funds/0/{column}" for column in _SPENT]
    return True


_SPENT = ("annual_budget", "execution", "weight", "score")


@dataclass(slots=True)
class _Column:
    """Weights, or scores.

    Attributes:
        sums: Of the indicators alone, and with that of the money.
        paths: Of what is filled in.
        doubtful: Paths of what awaits review.
    """

    sums: tuple[Decimal, ...]
    paths: tuple[str, ...]
    doubtful: tuple[str, ...]


def _column(subject: Subject, column: str) -> _Column:
    own = [f"indicators/{i}/{column}" for i in subject.table("indicators")]
    money = f"funds/0/{column}"
    filled = {p: a for p in (money, *own) if (a := number(subject.values.get(p))) is not None}
    doubtful = tuple(p for p in (money, *own) if p in subject.values and subject.is_doubtful(p))
    added = sum((a for p, a in filled.items() if p != money), ZERO)
    sums = (added, added + filled[money]) if filled.get(money) else (added,)
    return _Column(sums, tuple(filled), doubtful)


@rule(Severity.HIGH, "各项得分之和应等于总分，各项分值之和应为 100")
def score_sum(subject: Subject, parameters: Parameters) -> Verdict:
    """Scores add up to the total score, weights to 100, with those of the money or without."""
    tolerance, full = parameters.number("tolerance"), parameters.number("full")
    total = subject.number_at("total_score")
    weights, scores = _column(subject, "weight"), _column(subject, "score")
    doubtful = [*weights.doubtful, *scores.doubtful]
    if not scores.paths and not doubtful:
        raise NotApplicable
    messages: list[str] = []
    paths: list[str] = []
    fitting = [n for n, s in enumerate(weights.sums) if abs(s - full) <= tolerance]
    if weights.paths and not weights.doubtful and not fitting:
        messages.append(f"各项分值合计 {weights.sums[-1]}，应为 {full}")
        paths += weights.paths
    sums = [s for n, s in enumerate(scores.sums) if n in fitting] or list(scores.sums)
    if not scores.doubtful and all(abs(s - total) > tolerance for s in sums):
        messages.append(f"各项得分合计 {sums[-1]}，总分 {total}")
        paths += ["total_score", *scores.paths]
    return passed_unless(messages, paths, doubtful)


@rule(Severity.MEDIUM, "没有完成目标，也没有说明原因")
def shortfall_unexplained(subject: Subject, parameters: Parameters) -> Verdict:
    """A target was not reached, and no reason is given."""
    nothing = parameters.words("explanations_of_none")
    messages: list[str] = []
    paths: list[str] = []
    doubtful: list[str] = []
    checked = False
    for place, row in _evaluated(subject).items():
        doubts = _doubtful(subject, place, row, "target", "actual")
        doubtful += doubts
        result = None if doubts else _result(subject, place, row, parameters.words("falling"))
        if result is None:
            continue
        checked = True
        if result.share >= ONE:
            continue
        unread = _doubtful(subject, place, row, "deviation")
        doubtful += unread
        reason = str(row.get("deviation") or "").strip().rstrip("。")
        if not unread and (not reason or reason in nothing):
            messages.append(
                f"“{row.get('level3')}”目标 {row.get('target')}，完成 {row.get('actual')}，"
                "没有说明偏差原因"
            )
            paths += [f"{place}/{column}" for column in ("actual", "target")]
            paths += [f"{place}/deviation"] if "deviation" in row else []
    if not checked and not doubtful:
        raise NotApplicable
    return passed_unless(messages, paths, doubtful)
