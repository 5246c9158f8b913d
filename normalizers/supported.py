"""Amounts that a picture supports beside the one that was read: one character of them differs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.forms.raw import RawField
from normalizers.amounts import parse_amount


def supported_amounts(field: RawField | None) -> Iterator[Decimal]:
    """Amounts in yuan that can be read without a doubt if one character is another one.

    Args:
        field: An amount, with what else its picture supports.
    """
    if field is None or not field.text:
        return
    for i, others in enumerate(field.others):
        for other in others:
            text = field.text[:i] + other + field.text[i + 1 :]
            found = parse_amount(text, unit=field.unit)
            if found.value is not None and not found.issues:
                yield found.value
