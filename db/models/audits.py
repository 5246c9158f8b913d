"""Tables of audits: what was checked, how each check came out, and what people made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.models.columns import Json, UtcDateTime


class AuditRun(Base):
    """One run of the rules over all declarations."""

    __tablename__ = "audit_runs"

    id: Mapped[int] = mapped_column(primary_key=True, doc="ascending in time")
    version: Mapped[str] = mapped_column(Text, doc="of the program")
    rules: Mapped[list[str]] = mapped_column(
        Json, doc="ids of the rules, in the order of the letters of `audit_outcomes.outcomes`"
    )
    parameters: Mapped[dict[str, Any]] = mapped_column(Json, doc="what the rules were run with")
    as_of: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="moment whose state was audited; empty for the state of then"
    )
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when it began")
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when it ended")


class AuditOutcomes(Base):
    """How every check of one declaration came out: one letter a rule.

    P pass, F fail, N not applicable, I insufficient data, E error, - not run.
    """

    __tablename__ = "audit_outcomes"

    audit_run_id: Mapped[int] = mapped_column(
        ForeignKey("audit_runs.id", ondelete="CASCADE"), primary_key=True, doc="run of the rules"
    )
    declaration_id: Mapped[int] = mapped_column(
        ForeignKey("declarations.id", ondelete="CASCADE"),
        primary_key=True,
        doc="reading that was checked",
    )
    outcomes: Mapped[str] = mapped_column(Text, doc="one letter a rule, in the order of the run")


class AuditCount(Base):
    """The ledger of a run by rule and outcome."""

    __tablename__ = "audit_counts"

    audit_run_id: Mapped[int] = mapped_column(
        ForeignKey("audit_runs.id", ondelete="CASCADE"), primary_key=True, doc="run of the rules"
    )
    rule: Mapped[str] = mapped_column(Text, primary_key=True, doc="id of the rule")
    outcome: Mapped[str] = mapped_column(Text, primary_key=True, doc="how checks came out")
    place: Mapped[int] = mapped_column(doc="of the rule's letter in `audit_outcomes`, from 0")
    declarations: Mapped[int] = mapped_column(doc="how many declarations")


class FindingRow(Base):
    """Something that an auditor should look at."""

    __tablename__ = "findings"
    __table_args__ = (Index(None, "audit_run_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, doc="number of the finding")
    audit_run_id: Mapped[int] = mapped_column(
        ForeignKey("audit_runs.id", ondelete="CASCADE"), doc="run that found it"
    )
    rule: Mapped[str] = mapped_column(Text, doc="id of the rule")
    outcome: Mapped[str] = mapped_column(Text, doc="fail, or error where the rule itself failed")
    severity: Mapped[str] = mapped_column(Text, doc="high, medium or low")
    message: Mapped[str] = mapped_column(Text, doc="what was found, in Chinese")
    fingerprint: Mapped[str] = mapped_column(
        Text, doc="the same for the same finding in every run: rule, declarations, what it rests on"
    )


class FindingDeclaration(Base):
    """A declaration that a finding speaks of, and the fields of it that the finding rests on.

    The fields are a list, since an audit of a large archive writes millions of them; the view
    ``finding_evidence`` gives each a row.
    """

    __tablename__ = "finding_declarations"
    __table_args__ = (UniqueConstraint("finding_id", "position"), Index(None, "filing_id"))

    id: Mapped[int] = mapped_column(primary_key=True, doc="of the row")
    finding_id: Mapped[int] = mapped_column(
        ForeignKey("findings.id", ondelete="CASCADE"), doc="finding"
    )
    position: Mapped[int] = mapped_column(doc="order within the finding, from 0")
    filing_id: Mapped[int] = mapped_column(
        ForeignKey("filings.id", ondelete="CASCADE"), doc="number of the declaration"
    )
    declaration_id: Mapped[int] = mapped_column(
        ForeignKey("declarations.id", ondelete="CASCADE"), doc="reading that was checked"
    )
    paths: Mapped[list[str]] = mapped_column(Json, doc="fields that the finding rests on")


class FindingDecision(Base):
    """What a person decided on a finding; it holds wherever that finding comes up again."""

    __tablename__ = "finding_decisions"
    __table_args__ = (
        CheckConstraint("decision IN ('accepted', 'dismissed', 'reopened')", name="decision"),
        Index(None, "fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="ascending in time; the latest holds")
    fingerprint: Mapped[str] = mapped_column(Text, doc="`findings.fingerprint` it speaks of")
    decision: Mapped[str] = mapped_column(Text, doc="accepted, dismissed or reopened")
    author: Mapped[str] = mapped_column(Text, doc="who")
    reason: Mapped[str] = mapped_column(Text, doc="why")
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="when")
