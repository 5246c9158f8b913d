"""What is asked first of a large archive, from fewer pages of the disk."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.models.columns import Fraction

revision = "shenbao_0007"
down_revision = "shenbao_0006"
branch_labels = None
depends_on = None

SHOWN: dict[str, sa.types.TypeEngine[Any]] = {
    "raw": sa.Text(),
    "page": sa.Integer(),
    "confidence": Fraction,
}
NARROW = "ix_filing_versions_declaration_id"
COVERING = "ix_filing_versions_declaration_id_filing_id_id"
BY_YEAR = "ix_declarations_year_applicant_project_name"


def upgrade() -> None:
    """To the tables of this step."""
    with op.batch_alter_table("issues") as batch:
        for name, kind in SHOWN.items():
            batch.add_column(sa.Column(name, kind, nullable=True))
    op.execute(
        sa.text(
            "UPDATE issues SET (raw, page, confidence) = (SELECT v.raw, v.page, v.confidence "
            "FROM field_values AS v WHERE v.id = issues.field_value_id)"
        )
    )
    op.drop_index(NARROW, "filing_versions")
    op.create_index(COVERING, "filing_versions", ["declaration_id", "filing_id", "id"])
    op.create_index(BY_YEAR, "declarations", ["year", "applicant", "project_name"])


def downgrade() -> None:
    """Back to the tables of the step before."""
    op.drop_index(BY_YEAR, "declarations")
    op.drop_index(COVERING, "filing_versions")
    op.create_index(NARROW, "filing_versions", ["declaration_id"])
    with op.batch_alter_table("issues") as batch:
        for name in SHOWN:
            batch.drop_column(name)
