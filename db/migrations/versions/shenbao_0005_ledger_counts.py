"""The ledger counted by rule; findings in their order; places of evidence where they are read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models.columns import Fraction

revision = "shenbao_0005"
down_revision = "shenbao_0004"
branch_labels = None
depends_on = None

CORNERS = ("x0", "y0", "x1", "y1")


def upgrade() -> None:
    """To the tables of this step."""
    op.create_table(
        "audit_counts",
        sa.Column("audit_run_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("declarations", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_run_id"], ["audit_runs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_run_id", "rule", "outcome"),
    )
    op.create_index("ix_findings_audit_run_id_id", "findings", ["audit_run_id", "id"])
    with op.batch_alter_table("finding_evidence") as batch:
        for column in ("page", *CORNERS):
            batch.drop_column(column)


def downgrade() -> None:
    """Back to the tables of the step before."""
    with op.batch_alter_table("finding_evidence") as batch:
        batch.add_column(sa.Column("page", sa.Integer(), nullable=True))
        for column in CORNERS:
            batch.add_column(sa.Column(column, Fraction, nullable=True))
    op.drop_index("ix_findings_audit_run_id_id", "findings")
    op.drop_table("audit_counts")
