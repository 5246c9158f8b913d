"""What matching a form yields: every field as read, with the proof of where it was read.

Nothing here is cleaned or converted; that is the normalizers' work.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.evidence import Grid, MarkState
from extractors.forms.definition import FieldType
from extractors.geometry import BBox


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value was read and how sure that is.

    Attributes:
        page: Page in the file, from 1.
        bbox: Place on that page; ``None`` for sources without geometry.
        engine: What read it.
        confidence: Probability that it was read right, 0..1.
    """

    page: int
    bbox: BBox | None
    engine: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RawField:
    """One field, option or row cell as read.

    Attributes:
        path: ``total_budget``, ``subprojects/0/amount``, ``project_type/结转项目``.
        type: How the text is to become a value.
        text: As read; lines of one paragraph joined, paragraphs kept as line feeds. Empty for
            a printed but blank cell; ``None`` where label or cell was not found at all.
        provenance: ``None`` where nothing was found.
        mark: For an option: state of its box; ``None`` where no box was seen.
        unit: For an amount: unit named by label, header or definition (元, 万元, 亿元).
        issues: Codes of `normalizers.issues.IssueCode` that matching itself raises.
        others: For an amount: for each character of the text the others that its picture
            supports; empty where that is not known.
    """

    path: str
    type: FieldType
    text: str | None
    provenance: Provenance | None
    mark: MarkState | None = None
    unit: str = "元"
    issues: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the text that belongs to it, of no defined field."""

    label: str
    value: str
    page: int
    label_bbox: BBox | None
    value_bbox: BBox | None
    confidence: float


@dataclass(frozen=True, slots=True)
class LabelledMark:
    """A tick box and the text beside it."""

    label: str
    state: MarkState
    page: int
    bbox: BBox | None


@dataclass(frozen=True, slots=True)
class Extras:
    """What a form of a known layout has beyond its definition.

    Attributes:
        pairs: Label → text.
        marks: Tick boxes in these texts.
    """

    pairs: tuple[Pair, ...] = ()
    marks: tuple[LabelledMark, ...] = ()


@dataclass(frozen=True, slots=True)
class RawDeclaration:
    """A form whose layout is known.

    Attributes:
        form_id: Definition that matched.
        form_version: Its version.
        pages: Pages it covers, ascending.
        fields: In the definition's order; rows in print order, options in definition order.
        extras: What it has beyond the definition.
    """

    form_id: str
    form_version: int
    pages: tuple[int, ...]
    fields: tuple[RawField, ...]
    extras: Extras = Extras()


@dataclass(frozen=True, slots=True)
class RawUnmatched:
    """A form whose layout nobody has defined.

    Attributes:
        title: Its most title-like line, or ``""``.
        pages: Pages it covers, ascending.
        pairs: Label → value.
        marks: Tick boxes.
        tables: ``(page, grid)`` of every ruled table.
        fields: Fields whose labels are known from defined layouts.
    """

    title: str
    pages: tuple[int, ...]
    pairs: tuple[Pair, ...]
    marks: tuple[LabelledMark, ...]
    tables: tuple[tuple[int, Grid], ...]
    fields: tuple[RawField, ...] = ()


@dataclass(frozen=True, slots=True)
class RawSkipped:
    """Pages with no form on them, and why that is believed."""

    pages: tuple[int, ...]
    reason: str


RawRecord = RawDeclaration | RawUnmatched | RawSkipped
