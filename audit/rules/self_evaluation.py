"""Self-evaluation: scores that follow from targets, and shortfalls that want a reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from audit.catalogue import rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Row, Subject, number
from audit.verdict import Severity, Verdict, passed_unless
from normalizers.records import ParsedTarget

ONE = Decimal(1)
AT_MOST = ("<=", "<")


@dataclass(slots=True)
class _Result:
    """A row whose target and actual value are numbers.

    Attributes:
        place: ``indicators/3``.
        reached: Share of the target that was reached: 1 where it was met.
    """

    place: str
    row: Row
    reached: Decimal


def _is_evaluation(subject: Subject) -> None:
    if not any("actual" in row for row in subject.rows("indicators").values()):
        if subject.is_doubtful("indicators") and "total_score" in subject.values:
            raise Insufficient("indicators")
        raise NotApplicable


def single(parts: tuple[ParsedTarget, ...]) -> tuple[str, Decimal, str | None] | None:
    """Comparison, number and unit of a target that is one number."""
    if len(parts) != 1 or parts[0].value is None or ".." in parts[0].value:
        return None
    try:
        return parts[0].operator or "=", Decimal(parts[0].value), parts[0].unit
    except InvalidOperation:
        return None


def _results(subject: Subject) -> list[_Result]:
    """Rows with a number to compare; doubtful ones make the whole insufficient."""
    _is_evaluation(subject)
    found = []
    for i, row in subject.rows("indicators").items():
        place = f"indicators/{i}"
        for column in ("target", "actual"):
            if subject.is_doubtful(f"{place}/{column}"):
                raise Insufficient(f"{place}/{column}")
        target = single(tuple(subject.parsed.get(f"{place}/target", ())))
        actual = single(tuple(subject.parsed.get(f"{place}/actual", ())))
        if target is None or actual is None or target[2] != actual[2]:
            continue
        found.append(_Result(place, row, _reached(target[0], target[1], actual[1])))
    if not found:
        raise NotApplicable
    return found


def _reached(operator: str, target: Decimal, actual: Decimal) -> Decimal:
    """Share of a target that was reached; a target of at most so much is better when less."""
    if operator in AT_MOST:
        met = actual <= target
        return ONE if met or actual == 0 else target / actual
    met = actual >= target
    return ONE if met or target == 0 else max(actual / target, Decimal(0))


@rule(Severity.MEDIUM, "得分与完成情况不符（目标有 ≥ 和 ≤ 两个方向）")
def score_arithmetic(subject: Subject, parameters: Parameters) -> Verdict:
    """A score does not follow from target and actual value, in either direction."""
    tolerance = parameters.number("tolerance")
    messages, paths = [], []
    checked = False
    for result in _results(subject):
        cells = [f"{result.place}/{c}" for c in ("target", "actual", "weight", "score")]
        weight = number(subject.certain(cells[2]))
        score = number(subject.certain(cells[3]))
        if weight is None or score is None:
            continue
        checked = True
        due = weight * result.reached
        if score > weight or abs(score - due) > tolerance:
            messages.append(
                f"“{result.row.get('level3')}”目标 {result.row.get('target')}、完成 "
                f"{result.row.get('actual')}，分值 {weight}，得分 {score}，按比例应为 {due:.2f}"
            )
            paths += cells
    if not checked:
        raise NotApplicable
    return passed_unless(messages, paths)


@rule(Severity.HIGH, "各项得分之和应等于总分，各项分值之和应为 100")
def score_sum(subject: Subject, parameters: Parameters) -> Verdict:
    """Scores add up to the total score, weights to 100."""
    tolerance = parameters.number("tolerance")
    total = subject.number_at("total_score")
    paths = [f"indicators/{i}/score" for i in subject.table("indicators")]
    if "funds/0/score" in subject.values:
        paths.insert(0, "funds/0/score")
    scores = [number(subject.certain(p)) for p in paths]
    known = [s for s in scores if s is not None]
    if not known:
        raise NotApplicable
    messages: list[str] = []
    added = sum(known, Decimal(0))
    if abs(added - total) > tolerance:
        messages.append(f"各项得分合计 {added}，总分 {total}")
    weights = [number(subject.certain(p.replace("/score", "/weight"))) for p in paths]
    weighed = sum((w for w in weights if w is not None), Decimal(0))
    if weighed and abs(weighed - parameters.number("full")) > tolerance:
        messages.append(f"各项分值合计 {weighed}，应为 {parameters.number('full')}")
        paths += [p.replace("/score", "/weight") for p in paths]
    return passed_unless(messages, ["total_score", *paths])


@rule(Severity.MEDIUM, "没有完成目标，也没有说明原因")
def shortfall_unexplained(subject: Subject, parameters: Parameters) -> Verdict:
    """A target was not reached, and no reason is given."""
    nothing = parameters.words("explanations_of_none")
    messages, paths = [], []
    for result in _results(subject):
        if result.reached >= ONE:
            continue
        reason_path = f"{result.place}/deviation"
        reason = subject.certain(reason_path) if reason_path in subject.values else ""
        if reason is None or not str(reason).strip() or str(reason).strip() in nothing:
            messages.append(
                f"“{result.row.get('level3')}”目标 {result.row.get('target')}，完成 "
                f"{result.row.get('actual')}，没有说明偏差原因"
            )
            paths += [f"{result.place}/actual", f"{result.place}/target", reason_path]
    return passed_unless(messages, paths)
