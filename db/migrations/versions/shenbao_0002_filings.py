"""Filings and which reading of each stands since when; corrections; replacements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.backfill import number_filings
from db.models.columns import UtcDateTime

revision = "shenbao_0002"
down_revision = "shenbao_0001"
branch_labels = None
depends_on = None

DECLARATION_INDEXES = {
    "uq_declarations_as_read": ["extraction_id", "ordinal"],
    "ix_declarations_extraction_id_ordinal_correction_id": [
        "extraction_id",
        "ordinal",
        "correction_id",
    ],
    "ix_declarations_filing_id": ["filing_id"],
    "ix_declarations_correction_id": ["correction_id"],
    "ix_declarations_identity": ["identity"],
}


def upgrade() -> None:
    """To the tables of this step; readings of the same pages of a file become one filing."""
    _filings()
    _corrections()
    _runs_and_extractions()
    with op.batch_alter_table("declarations") as batch:
        batch.add_column(sa.Column("filing_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("correction_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("link", sa.Text(), nullable=True))
        batch.add_column(sa.Column("identity", sa.Text(), nullable=True))
        batch.add_column(sa.Column("saved_at", UtcDateTime(), nullable=True))
    _filing_versions()
    _document_replacements()
    number_filings(op.get_bind())
    _declarations()
    op.drop_table("shenbao_schema")


def downgrade() -> None:
    """Back to the tables of the step before; what people corrected goes."""
    op.execute(sa.text("DELETE FROM declarations WHERE correction_id IS NOT NULL"))
    op.create_table(
        "shenbao_schema",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.execute(sa.text("INSERT INTO shenbao_schema VALUES (2, CURRENT_TIMESTAMP)"))
    for index in DECLARATION_INDEXES:
        op.drop_index(index, "declarations")
    with op.batch_alter_table("declarations") as batch:
        for column in ("filing_id", "correction_id"):
            batch.drop_constraint(f"fk_declarations_{column}_{column[:-3]}s", type_="foreignkey")
        batch.drop_constraint(op.f("ck_declarations_link"), type_="check")
        for column in ("filing_id", "correction_id", "link", "identity", "saved_at"):
            batch.drop_column(column)
        batch.create_unique_constraint(
            "uq_declarations_extraction_id_ordinal", ["extraction_id", "ordinal"]
        )
    for table in ("document_replacements", "filing_versions", "corrections", "filings"):
        op.drop_table(table)
    op.drop_index("uq_extractions_done", "extractions")
    with op.batch_alter_table("extractions") as batch:
        batch.drop_column("attempt")
    _unique_done([])
    with op.batch_alter_table("runs") as batch:
        batch.drop_column("command")


def _runs_and_extractions() -> None:
    with op.batch_alter_table("runs") as batch:
        batch.add_column(sa.Column("command", sa.Text(), nullable=False, server_default="ingest"))
    with op.batch_alter_table("runs") as batch:
        batch.alter_column("command", server_default=None)
    op.drop_index("uq_extractions_done", "extractions")
    with op.batch_alter_table("extractions") as batch:
        batch.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("extractions") as batch:
        batch.alter_column("attempt", server_default=None)
    _unique_done(["attempt"])


def _unique_done(more: list[str]) -> None:
    done = sa.text("status = 'done'")
    op.create_index(
        "uq_extractions_done",
        "extractions",
        ["document_id", "extractor_version", "definitions_fingerprint", "engine", *more],
        unique=True,
        sqlite_where=done,
        postgresql_where=done,
    )


def _declarations() -> None:
    with op.batch_alter_table("declarations") as batch:
        for column, kind in (
            ("filing_id", sa.Integer()),
            ("link", sa.Text()),
            ("saved_at", UtcDateTime()),
        ):
            batch.alter_column(column, existing_type=kind, nullable=False)
        batch.drop_constraint("uq_declarations_extraction_id_ordinal", type_="unique")
        batch.create_check_constraint(
            op.f("ck_declarations_link"),
            "link IN ('first', 'reread', 'revision', 'duplicate', 'replacement')",
        )
        for column in ("filing_id", "correction_id"):
            table = f"{column[:-3]}s"
            batch.create_foreign_key(
                op.f(f"fk_declarations_{column}_{table}"),
                table,
                [column],
                ["id"],
                ondelete="CASCADE",
            )
    for name, columns in DECLARATION_INDEXES.items():
        as_read = sa.text("correction_id IS NULL") if name == "uq_declarations_as_read" else None
        op.create_index(
            name,
            "declarations",
            columns,
            unique="ordinal" in columns,
            sqlite_where=as_read,
            postgresql_where=as_read,
        )


def _filings() -> None:
    op.create_table(
        "filings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("row_texts", sa.Text(), nullable=True),
        sa.Column("raw_seen", sa.Text(), nullable=True),
        sa.Column("value_before", sa.Text(), nullable=True),
        sa.Column("value_after", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undoes_id"], ["corrections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_corrections_filing_id_path"), "corrections", ["filing_id", "path"], unique=False
    )
    op.create_index(op.f("ix_corrections_undoes_id"), "corrections", ["undoes_id"], unique=True)


def _filing_versions() -> None:
    op.create_table(
        "filing_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(declaration_id IS NULL) = (cause = 'withdrawn')",
            name=op.f("ck_filing_versions_withdrawn"),
        ),
        sa.CheckConstraint(
            "cause IN ('extraction', 'reextraction', 'revision', 'replacement', "
            "'correction', 'withdrawn')",
            name=op.f("ck_filing_versions_cause"),
        ),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_filing_versions_declaration_id"),
        "filing_versions",
        ["declaration_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_filing_versions_filing_id_id"),
        "filing_versions",
        ["filing_id", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_filing_versions_since"), "filing_versions", ["since"], unique=False)


def _document_replacements() -> None:
    op.create_table(
        "document_replacements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_document_id", sa.Integer(), nullable=False),
        sa.Column("new_document_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["new_document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["old_document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_document_replacements_new_document_id"),
        "document_replacements",
        ["new_document_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_document_replacements_old_document_id"),
        "document_replacements",
        ["old_document_id"],
        unique=False,
    )
