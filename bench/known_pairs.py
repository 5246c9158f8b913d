"""Values of a form whose layout is known as pairs, under the label that the layout has for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from bench.pairs_score import FoundPair
from extractors.forms.loader import builtin_definitions


def known_pairs(record: Mapping[str, Any]) -> Iterator[FoundPair]:
    """Label and text of each value of a declaration, as printed; a column is one text.

    A merged cell, which each row repeats, counts once.

    Args:
        record: Of kind ``declaration``, as `shenbao extract` prints it. It does not tell which
            spelling of a label is printed: the first of the definition's is taken.
    """
    definition = next(d for d in builtin_definitions() if d.id == record["form"])
    labels = {f.key: f.labels for f in definition.fields}
    labels |= {f"{f.key}/{c.key}": c.labels for f in definition.fields for c in f.columns}
    texts: dict[str, list[str]] = {}
    for path, proof in record["evidence"].items():
        key, *rest = path.split("/")
        texts.setdefault("/".join((key, *rest[1:])), []).append(proof["raw"] or "")
    merged = {f"{f.key}/{c.key}" for f in definition.fields for c in f.columns if c.merged}
    for place, found in texts.items():
        cells = [text for text, _ in groupby(found)] if place in merged else found
        if labels.get(place):
            yield FoundPair(labels[place][0], "".join(cells))
