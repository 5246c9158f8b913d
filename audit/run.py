"""Running the rules over an archive: each declaration once, none kept, a fault never the end.

An exception inside a rule is the outcome ``error`` of that rule on that declaration, and a finding
of its own, so that a broken rule is seen; everything else goes on.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit.between.base import CrossCheck, CrossFinding
from audit.catalogue import Rule
from audit.parameters import Parameters
from audit.subject import Insufficient, NotApplicable, Outline, Subject
from audit.verdict import LETTERS, PASSED, Finding, Member, Outcome, Verdict, insufficient

NOTHING_TO_CHECK = Verdict(Outcome.NOT_APPLICABLE)
PASS, FAIL = ord(LETTERS[Outcome.PASS]), ord(LETTERS[Outcome.FAIL])


@dataclass(slots=True)
class Ledger:
    """Every outcome of a run, one letter each.

    Attributes:
        rules: Ids, in the order of the letters.
        numbers: Declaration by place in the stream.
        readings: Reading by place.
        letters: For each rule, one byte a place.
    """

    rules: tuple[str, ...]
    numbers: array[int] = field(default_factory=lambda: array("q"))
    readings: array[int] = field(default_factory=lambda: array("q"))
    letters: list[bytearray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.letters = [bytearray() for _ in self.rules]

    def packed(self) -> Iterator[tuple[int, str]]:
        """Reading, and its letters in the order of the rules."""
        columns = [bytes(column).decode("ascii") for column in self.letters]
        for reading, letters in zip(self.readings, zip(*columns, strict=True), strict=True):
            yield reading, "".join(letters)

    def counts(self) -> dict[str, dict[Outcome, int]]:
        """How often each outcome came up, by rule."""
        return {
            rule: {outcome: column.count(LETTERS[outcome].encode()) for outcome in Outcome}
            for rule, column in zip(self.rules, self.letters, strict=True)
        }

    def outcome(self, rule: str, number: int) -> Outcome:
        """How one rule came out on one declaration."""
        letter = chr(self.letters[self.rules.index(rule)][self.numbers.index(number)])
        return next(outcome for outcome, known in LETTERS.items() if known == letter)


@dataclass(frozen=True, slots=True)
class Archive:
    """What is to be checked, to be gone through twice.

    Attributes:
        outlines: Who declared what: the first pass.
        subjects: The declarations, in the same order: the second pass.
    """

    outlines: Callable[[], Iterable[Outline]]
    subjects: Callable[[], Iterable[Subject]]

    @classmethod
    def of(cls, subjects: Sequence[Subject]) -> Archive:
        """Declarations that are in memory anyway."""
        return cls(lambda: (s.outline() for s in subjects), lambda: subjects)


def run_rules(
    archive: Archive,
    rules: Sequence[Rule],
    parameters: Mapping[str, Parameters],
    report: Callable[[Finding], None],
    *,
    alone: int | None = None,
) -> Ledger:
    """Checks everything.

    Args:
        archive: What is to be checked.
        rules: Which rules.
        parameters: Settings by rule id.
        report: Is handed each finding as it is made.
        alone: How many declarations, the first, are checked by rules that look at one alone; all
            of them unless given. The letters of these rules end there.
    """
    ledger = Ledger(tuple(rule.id for rule in rules))
    crossing = _begin(rules, parameters)
    if crossing:
        for outline in archive.outlines():
            for check in crossing.values():
                check.prepare(outline)
    every = list(zip(rules, ledger.letters, strict=True))
    comparing = [(rule, column) for rule, column in every if rule.id in crossing]
    for place, subject in enumerate(archive.subjects()):
        ledger.numbers.append(subject.number)
        ledger.readings.append(subject.reading_id)
        for rule, column in every if alone is None or place < alone else comparing:
            verdict = (
                _judged(crossing[rule.id].observe, place, subject)
                if rule.check is None
                else _judged(rule.check, subject, parameters[rule.id])
            )
            if verdict is PASSED:
                column.append(PASS)
                continue
            column.append(_LETTER[verdict.outcome])
            if verdict.outcome in (Outcome.FAIL, Outcome.ERROR):
                member = Member(subject.number, subject.reading_id, verdict.paths)
                report(Finding(rule.id, verdict.outcome, rule.severity, verdict.message, (member,)))
    for rule, column in comparing:
        _finish(rule, crossing[rule.id], column, ledger, report)
    return ledger


_LETTER = {outcome: ord(letter) for outcome, letter in LETTERS.items()}


def checked(rule: Rule, subject: Subject, parameters: Parameters) -> Verdict:
    """What one rule says of one declaration."""
    if rule.check is None:
        raise TypeError(f"{rule.id} compares declarations")
    return _judged(rule.check, subject, parameters)


def _judged(judge: Callable[..., Verdict | None], *given: object) -> Verdict:
    """What a rule or a comparison says; one that says nothing has found nothing yet."""
    try:
        return judge(*given) or PASSED
    except NotApplicable:
        return NOTHING_TO_CHECK
    except Insufficient as lacking:
        return insufficient(*lacking.paths)
    except Exception as error:
        return _fault(error)


def _begin(rules: Sequence[Rule], parameters: Mapping[str, Parameters]) -> dict[str, CrossCheck]:
    return {r.id: r.across(parameters[r.id]) for r in rules if r.across is not None}


def _finish(
    rule: Rule,
    check: CrossCheck,
    column: bytearray,
    ledger: Ledger,
    report: Callable[[Finding], None],
) -> None:
    try:
        for found in check.finish():
            for place in found.failing:
                column[place] = FAIL
            report(
                Finding(
                    rule.id,
                    Outcome.FAIL,
                    found.severity or rule.severity,
                    found.message,
                    _members(found, ledger),
                )
            )
        for place, outcome in check.settle().items():
            if column[place] == PASS:
                column[place] = _LETTER[outcome]
    except Exception as error:
        for place, letter in enumerate(column):
            if letter == PASS:
                column[place] = _LETTER[Outcome.ERROR]
        report(Finding(rule.id, Outcome.ERROR, rule.severity, _fault(error).message, ()))


def _members(found: CrossFinding, ledger: Ledger) -> tuple[Member, ...]:
    return tuple(
        Member(ledger.numbers[place], ledger.readings[place], paths)
        for place, paths in found.members
    )


def _fault(error: Exception) -> Verdict:
    return Verdict(Outcome.ERROR, f"规则出错 {type(error).__name__}: {error}")
