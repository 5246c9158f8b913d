"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models.columns import Fraction, Json, Money, UtcDateTime

revision = "shenbao_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the tables of this step."""
    _documents()
    _runs()
    _shenbao_schema()
    _document_paths()
    _extractions()
    _declarations()
    _failures()
    _pages()
    _skipped()
    _unmatched()
    _field_values()
    _indicators()
    _subprojects()
    _unmatched_marks()
    _unmatched_pairs()
    _issues()


def downgrade() -> None:
    """Back to the tables of the step before."""
    for table in (
        "issues",
        "unmatched_pairs",
        "unmatched_marks",
        "subprojects",
        "indicators",
        "field_values",
        "unmatched",
        "skipped",
        "pages",
        "failures",
        "declarations",
        "extractions",
        "document_paths",
        "shenbao_schema",
        "runs",
        "documents",
    ):
        op.drop_table(table)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=True),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("definitions_fingerprint", sa.Text(), nullable=False),
        sa.Column("options", Json, nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _shenbao_schema() -> None:
    op.create_table(
        "shenbao_schema",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )


def _document_paths() -> None:
    op.create_table(
        "document_paths",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("first_seen", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "path"),
    )


def _extractions() -> None:
    op.create_table(
        "extractions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("definitions_fingerprint", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("engine_used", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("status IN ('done', 'failed')", name=op.f("ck_extractions_status")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "run_id"),
    )
    op.create_index(op.f("ix_extractions_run_id"), "extractions", ["run_id"], unique=False)
    op.create_index(
        "uq_extractions_done",
        "extractions",
        ["document_id", "extractor_version", "definitions_fingerprint", "engine"],
        unique=True,
        sqlite_where=sa.text("status = 'done'"),
        postgresql_where=sa.text("status = 'done'"),
    )


def _declarations() -> None:
    op.create_table(
        "declarations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("pages", Json, nullable=False),
        sa.Column("row_keys", Json, nullable=False),
        sa.Column("extras", Json, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("applicant", sa.Text(), nullable=True),
        sa.Column("project_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("extraction_id", "ordinal"),
    )
    op.create_index(
        op.f("ix_declarations_applicant_year"), "declarations", ["applicant", "year"], unique=False
    )
    op.create_index(op.f("ix_declarations_form_id"), "declarations", ["form_id"], unique=False)
    op.create_index(
        op.f("ix_declarations_project_name"), "declarations", ["project_name"], unique=False
    )


def _failures() -> None:
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_failures_extraction_id"), "failures", ["extraction_id"], unique=False)
    op.create_index(op.f("ix_failures_run_id"), "failures", ["run_id"], unique=False)


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('declaration', 'unmatched', 'skipped', 'failed')",
            name=op.f("ck_pages_outcome"),
        ),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("extraction_id", "number"),
    )
    op.create_index(op.f("ix_pages_outcome"), "pages", ["outcome"], unique=False)


def _skipped() -> None:
    op.create_table(
        "skipped",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("pages", Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("extraction_id", "ordinal"),
    )


def _unmatched() -> None:
    op.create_table(
        "unmatched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("extraction_id", "ordinal"),
    )


def _field_values() -> None:
    op.create_table(
        "field_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("value_text", sa.Text(), nullable=True),
        sa.Column("value_amount", Money(), nullable=True),
        sa.Column("value_date", sa.Date(), nullable=True),
        sa.Column("value_bool", sa.Boolean(), nullable=True),
        sa.Column("value_int", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("confidence", Fraction, nullable=True),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("parsed", Json, nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("unmatched_id", sa.Integer(), nullable=True),
        sa.Column("x0", Fraction, nullable=True),
        sa.Column("y0", Fraction, nullable=True),
        sa.Column("x1", Fraction, nullable=True),
        sa.Column("y1", Fraction, nullable=True),
        sa.CheckConstraint(
            "(declaration_id IS NULL) <> (unmatched_id IS NULL)",
            name=op.f("ck_field_values_one_owner"),
        ),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unmatched_id"], ["unmatched.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("declaration_id", "position"),
        sa.UniqueConstraint("unmatched_id", "position"),
    )
    op.create_index(
        op.f("ix_field_values_declaration_id_path"),
        "field_values",
        ["declaration_id", "path"],
        unique=False,
    )
    op.create_index(op.f("ix_field_values_path"), "field_values", ["path"], unique=False)


def _indicators() -> None:
    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level1", sa.Text(), nullable=True),
        sa.Column("level2", sa.Text(), nullable=True),
        sa.Column("level3", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("parsed", Json, nullable=False),
        sa.Column("extra", Json, nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("declaration_id", "position"),
    )


def _subprojects() -> None:
    op.create_table(
        "subprojects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("amount", Money(), nullable=True),
        sa.Column("extra", Json, nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("declaration_id", "position"),
    )


def _unmatched_marks() -> None:
    op.create_table(
        "unmatched_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unmatched_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("x0", Fraction, nullable=True),
        sa.Column("y0", Fraction, nullable=True),
        sa.Column("x1", Fraction, nullable=True),
        sa.Column("y1", Fraction, nullable=True),
        sa.ForeignKeyConstraint(["unmatched_id"], ["unmatched.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unmatched_id", "position"),
    )


def _unmatched_pairs() -> None:
    op.create_table(
        "unmatched_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unmatched_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("confidence", Fraction, nullable=False),
        sa.Column("x0", Fraction, nullable=True),
        sa.Column("y0", Fraction, nullable=True),
        sa.Column("x1", Fraction, nullable=True),
        sa.Column("y1", Fraction, nullable=True),
        sa.ForeignKeyConstraint(["unmatched_id"], ["unmatched.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unmatched_id", "position"),
    )
    op.create_index(op.f("ix_unmatched_pairs_label"), "unmatched_pairs", ["label"], unique=False)


def _issues() -> None:
    op.create_table(
        "issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_value_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("unmatched_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(declaration_id IS NULL) <> (unmatched_id IS NULL)", name=op.f("ck_issues_one_owner")
        ),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["field_value_id"], ["field_values.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unmatched_id"], ["unmatched.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("field_value_id", "position"),
    )
    op.create_index(op.f("ix_issues_code"), "issues", ["code"], unique=False)
    op.create_index(
        op.f("ix_issues_declaration_id_path"), "issues", ["declaration_id", "path"], unique=False
    )
    op.create_index(op.f("ix_issues_unmatched_id"), "issues", ["unmatched_id"], unique=False)
