"""Amounts that a picture supports beside the one that was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.forms.raw import RawField
from normalizers.amounts import parse_amount

_POINTS = ".．·。、"
_DOTTED_COMMAS = str.maketrans(";；:：", ",,,,")
"""What a comma with dirt above it is read as; neither stands in an amount."""
_DOTTED_POINT = re.compile(r"(?<=\d{3})[;；:：](?=\d\d$)")
"""The same of a point: two figures behind many are decimals, and no group."""
_BARE_COMMAS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
"""Commas that lost their tails: yuan have no three decimals."""
FEWEST = 4
"""Digits of an amount whose signs may be dirt or worn: fewer may be anything."""


def supported_amounts(field: RawField | None) -> Iterator[Decimal]:
    """Amounts in yuan that can be read without a doubt if one character is another one, or dirt.

    No amount begins or ends with a point.

    Args:
        field: An amount, with what else its picture supports.
    """
    if field is None or not field.text or not field.others:
        return
    texts = [
        field.text[:i] + other + field.text[i + 1 :]
        for i, others in enumerate(field.others)
        for other in others
    ]
    if sum(c.isdecimal() for c in field.text) >= FEWEST:
        texts += _with_signs_settled(field.text, field.unit)
    for text in texts:
        found = parse_amount(text, unit=field.unit)
        if found.value is not None and not found.issues:
            yield found.value


def _with_signs_settled(text: str, unit: str) -> list[str]:
    """What an amount may be whose signs hold dirt, or lost ink."""
    bare = _DOTTED_POINT.sub(".", text).translate(_DOTTED_COMMAS).strip(_POINTS)
    if unit == "元" and _BARE_COMMAS.fullmatch(bare):
        bare = bare.replace(".", ",")
    return [bare] if bare != text else []
