"""The tables, in two parts: what was read (`archive`) and what was found (`records`)."""

from db.models.archive import (
    Document,
    DocumentPath,
    ExtractionRow,
    ExtractionStatus,
    FailureRow,
    PageOutcome,
    PageRow,
    Run,
    SchemaInfo,
    SkippedRow,
)
from db.models.base import Base
from db.models.records import (
    DeclarationRow,
    FieldValueRow,
    IndicatorRow,
    IssueRow,
    SubprojectRow,
    UnmatchedMarkRow,
    UnmatchedPairRow,
    UnmatchedRow,
)

__all__ = [
    "Base",
    "DeclarationRow",
    "Document",
    "DocumentPath",
    "ExtractionRow",
    "ExtractionStatus",
    "FailureRow",
    "FieldValueRow",
    "IndicatorRow",
    "IssueRow",
    "PageOutcome",
    "PageRow",
    "Run",
    "SchemaInfo",
    "SkippedRow",
    "SubprojectRow",
    "UnmatchedMarkRow",
    "UnmatchedPairRow",
    "UnmatchedRow",
]
