"""Audits: what was checked and how it came out, findings, decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models.columns import Fraction, Json, UtcDateTime

revision = "shenbao_0003"
down_revision = "shenbao_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the tables of this step."""
    _audit_runs()
    _audit_outcomes()
    _findings()
    _finding_declarations()
    _finding_evidence()
    _finding_decisions()


def downgrade() -> None:
    """Back to the tables of the step before."""
    for table in (
        "finding_decisions",
        "finding_evidence",
        "finding_declarations",
        "findings",
        "audit_outcomes",
        "audit_runs",
    ):
        op.drop_table(table)


def _audit_runs() -> None:
    op.create_table(
        "audit_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("rules", Json, nullable=False),
        sa.Column("parameters", Json, nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _audit_outcomes() -> None:
    op.create_table(
        "audit_outcomes",
        sa.Column("audit_run_id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_run_id"], ["audit_runs.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_run_id", "declaration_id"),
    )
    op.create_index(
        op.f("ix_audit_outcomes_declaration_id"), "audit_outcomes", ["declaration_id"], unique=False
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_run_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_run_id"], ["audit_runs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_findings_audit_run_id_rule"), "findings", ["audit_run_id", "rule"], unique=False
    )
    op.create_index(op.f("ix_findings_fingerprint"), "findings", ["fingerprint"], unique=False)


def _finding_declarations() -> None:
    op.create_table(
        "finding_declarations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("finding_id", "position"),
    )
    op.create_index(
        op.f("ix_finding_declarations_declaration_id"),
        "finding_declarations",
        ["declaration_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_finding_declarations_filing_id"),
        "finding_declarations",
        ["filing_id"],
        unique=False,
    )


def _finding_evidence() -> None:
    op.create_table(
        "finding_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("x0", Fraction, nullable=True),
        sa.Column("y0", Fraction, nullable=True),
        sa.Column("x1", Fraction, nullable=True),
        sa.Column("y1", Fraction, nullable=True),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("finding_id", "position"),
    )
    op.create_index(
        op.f("ix_finding_evidence_declaration_id"),
        "finding_evidence",
        ["declaration_id"],
        unique=False,
    )


def _finding_decisions() -> None:
    op.create_table(
        "finding_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('accepted', 'dismissed', 'reopened')",
            name=op.f("ck_finding_decisions_decision"),
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_finding_decisions_fingerprint"), "finding_decisions", ["fingerprint"], unique=False
    )
