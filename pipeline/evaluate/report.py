"""The numbers of an evaluation: counts that add up, and the shares drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.evaluate.confidence import acceptance, calibration_error, reliability
from pipeline.evaluate.judgements import Judgement


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One wrong value.

    Attributes:
        file: As the truth names it.
        path: Field path; ``""`` for a declaration that is missing or spurious.
        group: ``short``, ``mark``, ``row``, ``long``, ``form`` or ``declaration``.
        got: What was extracted.
        want: What is right.
        in_review: Whether the extraction sends it to a person.
    """

    file: str
    path: str
    group: str
    got: Any
    want: Any
    in_review: bool


@dataclass(slots=True)
class RowScore:
    """Rows of one repeated field; right means all columns exact, in print order."""

    want: int = 0
    got: int = 0
    right: int = 0
    right_folded: int = 0

    def f1(self, *, folded: bool = False) -> float | None:
        """Harmonic mean of precision and recall, 0..1."""
        right = self.right_folded if folded else self.right
        return _share(2 * right, self.want + self.got)

    def add(self, other: RowScore) -> None:
        """Adds up."""
        self.want += other.want
        self.got += other.got
        self.right += other.right
        self.right_folded += other.right_folded


@dataclass(slots=True)
class Score:
    """Counts over any number of declarations; ``_folded``: width of characters forgiven.

    All fields of a missing declaration count as wrong. ``values`` are those of declarations that
    were found: scalars, options and row cells.
    """

    declarations: int = 0
    missing: int = 0
    spurious: int = 0
    perfect: int = 0
    perfect_folded: int = 0
    short: int = 0
    short_right: int = 0
    short_right_folded: int = 0
    marks: int = 0
    marks_right: int = 0
    long_chars: int = 0
    long_edits: int = 0
    long_edits_folded: int = 0
    paragraph_edits: int = 0
    values: int = 0
    values_in_review: int = 0
    wrong: int = 0
    silent: int = 0
    rows: dict[str, RowScore] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        """Adds up."""
        for name in self.__slots__:
            if name != "rows":
                setattr(self, name, getattr(self, name) + getattr(other, name))
        for key, row_score in other.rows.items():
            self.rows.setdefault(key, RowScore()).add(row_score)

    def shares(self) -> dict[str, float | None]:
        """The shares people ask for, 0..1 (a CER may exceed 1); ``None`` where nothing counts."""
        rows = {f"rows_f1/{key}": score.f1() for key, score in self.rows.items()}
        folded = {f"rows_f1/{k}/folded": s.f1(folded=True) for k, s in self.rows.items()}
        return {
            "short_exact": _share(self.short_right, self.short),
            "short_exact/folded": _share(self.short_right_folded, self.short),
            "marks_exact": _share(self.marks_right, self.marks),
            **rows,
            **folded,
            "long_cer": _share(self.long_edits, self.long_chars),
            "long_cer/folded": _share(self.long_edits_folded, self.long_chars),
            "perfect": _share(self.perfect, self.declarations),
            "perfect/folded": _share(self.perfect_folded, self.declarations),
            "silent_errors": _share(self.silent, self.values),
            "in_review": _share(self.values_in_review, self.values),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Attributes:
        groups: By the folder in which the truth tells files apart; ``all`` is the whole.
        errors: Every wrong value, in the truth's order.
        judged: Every value that was found.
    """

    groups: Mapping[str, Score]
    errors: tuple[Discrepancy, ...]
    judged: tuple[Judgement, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Counts and shares of every group, and what confidences are worth; errors are left out."""
        groups = {
            name: {"counts": asdict(score), "shares": score.shares()}
            for name, score in self.groups.items()
        }
        bins = reliability(self.judged)
        return {
            "groups": groups,
            "acceptance": [asdict(a) for a in acceptance(self.judged)],
            "reliability": [asdict(b) for b in bins],
            "calibration_error": calibration_error(bins),
        }
