"""A label and its value, from lines or cells, as a pair with its proof."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.forms.colon import ColonPair
from extractors.forms.provenance import cells_provenance, lines_provenance
from extractors.forms.raw import Pair, Provenance
from extractors.forms.table import PlacedLine, TableCell
from extractors.forms.unknown.spelled import spelled_text

_AROUND = " \t\u3000_"
# Brackets and lines between which something is to be written.
_PLACE = " \t\n\u3000_()（）[]【】"


def pair_of_colon(pair: ColonPair) -> Pair:
    """``label：value`` of one line as a pair."""
    label = lines_provenance([pair.label_line])
    value = lines_provenance([pair.value_line]) if pair.value_line else None
    return _pair(pair.label, pair.value, label, value, page=pair.label_line.page)


def lines_pair(label: Sequence[PlacedLine], values: Sequence[PlacedLine]) -> Pair:
    """The lines of a label and those of its value as a pair."""
    proofs = lines_provenance(label), lines_provenance(values)
    value = _filled(spelled_text(values).strip(_AROUND))
    return _pair(bare_name(spelled_text(label)), value, *proofs, page=label[-1].page)


def cells_pair(labels: Sequence[TableCell], values: Sequence[TableCell]) -> Pair:
    """Label cells and the cells that hold their value as a pair.

    Cells of one character each are the places of one number; others are paragraphs.
    """
    texts = [text for c in values if (text := spelled_text(c.lines)).strip()]
    between = "" if all(len(text.strip()) == 1 for text in texts) else "\n"
    return _pair(
        " ".join(bare_name(spelled_text(c.lines)) for c in labels),
        _filled(between.join(texts)),
        cells_provenance(labels[-1:]),
        cells_provenance(values),
        page=labels[-1].parts[0].page,
    )


def _filled(value: str) -> str:
    """A value, blank where no more is printed than a place to write it."""
    return value if value.strip(_PLACE) else ""


def bare_name(label: str) -> str:
    """A label without the colon behind it."""
    return label.strip().rstrip(":：")


def _pair(
    label: str, value: str, first: Provenance | None, second: Provenance | None, *, page: int
) -> Pair:
    """A pair on the page of its value; of a label on another page no place is given."""
    sure = min((p.confidence for p in (first, second) if p is not None), default=0.0)
    page = second.page if second is not None else page
    beside = first.bbox if first is not None and first.page == page else None
    return Pair(label, value, page, beside, second.bbox if second is not None else None, sure)
