"""The records that leave the reading rooms: raw text, value and proof side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from extractors.forms.definition import FieldType
from extractors.forms.raw import Extras, Provenance, RawSkipped, RawUnmatched
from normalizers.issues import Issue


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    """One quantity or statement inside an indicator target.

    Attributes:
        operator: ``=``, ``>=``, ``<=``, ``>``, ``<``, ``~`` (about), ``range``; ``None`` for
            qualitative text.
        value: Decimal as text, ``None`` for qualitative text; for a range ``"10..15"``.
        unit: ``%``, ``次``, ``万元`` …, ``None`` where none is printed.
        text: The stretch of the target it was read from.
    """

    operator: str | None
    value: str | None
    unit: str | None
    text: str


Value = str | int | bool | date | Decimal | None


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One normalized value.

    Attributes:
        path: ``total_budget``, ``subprojects/0/amount``, ``project_type/结转项目``.
        type: Field type of the definition.
        raw: As read; ``None`` where nothing was found.
        value: ``str`` for text, `Decimal` yuan for amounts, `date`, ``int`` for years,
            ``bool`` for options; ``None`` where it cannot be read.
        provenance: Where it was read; ``None`` where nothing was found.
        issues: Reasons to look at it.
        parsed: For targets.
        unit: For amounts: the unit printed (元, 万元, 亿元).
    """

    path: str
    type: FieldType
    raw: str | None
    value: Value
    provenance: Provenance | None
    issues: tuple[Issue, ...] = ()
    parsed: tuple[ParsedTarget, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A form whose layout is known, with every value and its proof.

    Attributes:
        form_id: Definition that matched.
        form_version: Its version.
        pages: Pages in the file, ascending.
        values: In the definition's order; rows in print order, options in definition order.
        row_keys: Keys of the fields with repeated rows and of their columns, so that an empty
            table still prints as ``[]``.
        extras: What the form has beyond its definition, as read.
    """

    form_id: str
    form_version: int
    pages: tuple[int, ...]
    values: tuple[FieldValue, ...]
    row_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extras: Extras = field(default_factory=Extras)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every reason to look, in field order."""
        return tuple(i for v in self.values for i in v.issues)

    def get(self, path: str) -> FieldValue | None:
        """The value at ``path``, if there is one."""
        return next((v for v in self.values if v.path == path), None)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A form whose layout nobody has defined, with what geometry alone gives."""

    raw: RawUnmatched
    values: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a page of it, that could not be read.

    Attributes:
        code: Stable name of the failure.
        message: What happened and what to do next.
        page: Page concerned; ``None`` for the whole file.
    """

    code: str
    message: str
    page: int | None = None


Record = Declaration | Unmatched | RawSkipped | Failure


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that one reading of one file found.

    Attributes:
        path: As the user named the file.
        sha256: Of its bytes, hexadecimal.
        page_count: Pages in the file; 0 where it could not be opened.
        engine: Text recognizer that was used where pixels had to be read.
        extractor_version: Version of the distribution.
        records: In page order.
        kind: What the file is by its content (``pdf``, ``picture``, ``markup``); ``""`` where
            it could not be told.
        byte_size: Size of the file; ``None`` where it could not be read.
        page_kinds: `PageKind` of each page, in page order, ``""`` for a page that could not be
            opened; empty where the file could not be.
    """

    path: str
    sha256: str
    page_count: int
    engine: str
    extractor_version: str
    records: tuple[Record, ...]
    kind: str = ""
    byte_size: int | None = None
    page_kinds: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What could not be read, in page order."""
        return tuple(r for r in self.records if isinstance(r, Failure))

    @property
    def is_failed(self) -> bool:
        """Whether nothing of the file was read: neither a form nor a page without one."""
        return len(self.failures) == len(self.records)
