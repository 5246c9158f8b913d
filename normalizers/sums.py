"""Amounts that should add up: a witness between readings that the picture supports.

Where they add up as read, each was read right: two errors that cancel out are rarer than any that
confidence tells of. Where one other reading that the picture supports makes them add up, it is
taken, and a person sees it. Otherwise they stay as they were read, for forms are filled in wrong,
and that is for an auditor to find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.forms.definition import FormDefinition, SumDefinition
from extractors.forms.raw import RawField
from normalizers.issues import Issue, IssueCode
from normalizers.records import FieldValue
from normalizers.supported import supported_amounts

AGREED = 0.999
"""Probability of an amount that adds up with the others."""


def settle_sums(
    values: Sequence[FieldValue], raw: Mapping[str, RawField], definition: FormDefinition
) -> list[FieldValue]:
    """The values with their sums as witnesses.

    Args:
        values: Of a whole form.
        raw: Its fields as read, by path.
        definition: Its layout.
    """
    settled = {v.path: v for v in values}
    for entry in definition.sums:
        total = settled.get(entry.total)
        parts = [settled[v.path] for v in values if _is_part(v.path, entry)]
        if total is not None and parts:
            settled |= {v.path: v for v in _settled(total, parts, raw)}
    return [settled[v.path] for v in values]


def _is_part(path: str, entry: SumDefinition) -> bool:
    first, _, rest = path.partition("/")
    return f"{first}/{rest.rpartition('/')[2]}" == entry.parts and "/" in rest


def _settled(
    total: FieldValue, parts: Sequence[FieldValue], raw: Mapping[str, RawField]
) -> list[FieldValue]:
    amounts = [total, *parts]
    if _adds_up([a.value for a in amounts]):
        return [_agreed(a) for a in amounts]
    changes = [
        (i, amount)
        for i, value in enumerate(amounts)
        for amount in supported_amounts(raw.get(value.path))
        if _adds_up([amount if j == i else a.value for j, a in enumerate(amounts)])
    ]
    if len({(i, amount) for i, amount in changes}) != 1:
        return []
    i, amount = changes[0]
    return [_chosen(amounts[i], amount)]


def _adds_up(amounts: Sequence[object]) -> bool:
    """Whether the first is the sum of the others, all of which were read."""
    read = [a for a in amounts if isinstance(a, Decimal)]
    return len(read) == len(amounts) and read[0] == sum(read[1:])


def _agreed(value: FieldValue) -> FieldValue:
    """An amount that its sum bears out: surer, and nothing for a person to look at."""
    proof = value.provenance
    if proof is not None:
        proof = replace(proof, confidence=max(proof.confidence, AGREED))
    issues = tuple(i for i in value.issues if i.code is not IssueCode.LOW_CONFIDENCE)
    return replace(value, provenance=proof, issues=issues)


def _chosen(value: FieldValue, amount: Decimal) -> FieldValue:
    """Another reading of an amount, for a person to confirm."""
    issue = Issue.of(value.path, IssueCode.SOURCES_DISAGREE)
    return replace(value, value=amount, issues=(issue,))
