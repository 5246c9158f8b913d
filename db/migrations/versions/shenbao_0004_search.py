"""The index of texts, that of amounts, and the fields of layouts for their views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.form_fields import note_stored
from db.search.index import create_index, drop_index
from db.search.write import index_stored

revision = "shenbao_0004"
down_revision = "shenbao_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the tables of this step; what is stored is indexed."""
    op.create_table(
        "form_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id", "path", "type"),
    )
    there = sa.text("value_amount IS NOT NULL")
    op.create_index(
        "ix_field_values_amounts",
        "field_values",
        ["path", "declaration_id", "value_amount"],
        sqlite_where=there,
        postgresql_where=there,
    )
    connection = op.get_bind()
    note_stored(connection)
    create_index(connection)
    index_stored(connection)


def downgrade() -> None:
    """Back to the tables of the step before."""
    drop_index(op.get_bind())
    op.drop_index("ix_field_values_amounts", "field_values")
    op.drop_table("form_fields")
