"""The tables, in four parts.

What was read (`archive`), what was found (`records`), what lasts and what people said
(`filings`), what was checked (`audits`).
"""

from db.models.archive import (
    Command,
    Document,
    DocumentPath,
    ExtractionRow,
    ExtractionStatus,
    FailureRow,
    PageOutcome,
    PageRow,
    Run,
    SkippedRow,
)
from db.models.audits import (
    AuditCount,
    AuditOutcomes,
    AuditRun,
    FindingDecision,
    FindingDeclaration,
    FindingRow,
)
from db.models.base import Base
from db.models.fields import FormFieldRow
from db.models.filings import Cause, Correction, DocumentReplacement, Filing, FilingVersion
from db.models.records import (
    DeclarationRow,
    FieldValueRow,
    IndicatorRow,
    IssueRow,
    Link,
    SubprojectRow,
    UnmatchedMarkRow,
    UnmatchedPairRow,
    UnmatchedRow,
)

__all__ = [
    "AuditCount",
    "AuditOutcomes",
    "AuditRun",
    "Base",
    "Cause",
    "Command",
    "Correction",
    "DeclarationRow",
    "Document",
    "DocumentPath",
    "DocumentReplacement",
    "ExtractionRow",
    "ExtractionStatus",
    "FailureRow",
    "FieldValueRow",
    "Filing",
    "FilingVersion",
    "FindingDecision",
    "FindingDeclaration",
    "FindingRow",
    "FormFieldRow",
    "IndicatorRow",
    "IssueRow",
    "Link",
    "PageOutcome",
    "PageRow",
    "Run",
    "SkippedRow",
    "SubprojectRow",
    "UnmatchedMarkRow",
    "UnmatchedPairRow",
    "UnmatchedRow",
]
