"""Evidence as a list of fields beside each declaration of a finding; indexes that nobody asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models.columns import Json

revision = "shenbao_0006"
down_revision = "shenbao_0005"
branch_labels = None
depends_on = None

UNUSED_INDEXES = {
    "ix_audit_outcomes_declaration_id": ("audit_outcomes", ["declaration_id"]),
    "ix_finding_declarations_declaration_id": ("finding_declarations", ["declaration_id"]),
    "ix_findings_audit_run_id_rule": ("findings", ["audit_run_id", "rule"]),
    "ix_findings_fingerprint": ("findings", ["fingerprint"]),
}

# Where a reading is in a finding twice, nobody knows any more whose fields were whose.
AS_LISTS = """
UPDATE finding_declarations SET paths = coalesce((
    SELECT {aggregate} FROM (
        SELECT e.path, e.position FROM finding_evidence AS e
        WHERE e.finding_id = finding_declarations.finding_id
            AND e.declaration_id = finding_declarations.declaration_id
        ORDER BY e.position
    ) AS rests_on
    WHERE NOT EXISTS (
        SELECT 1 FROM finding_declarations AS earlier
        WHERE earlier.finding_id = finding_declarations.finding_id
            AND earlier.declaration_id = finding_declarations.declaration_id
            AND earlier.position < finding_declarations.position)
), '[]')
"""
AGGREGATES = {
    "sqlite": "json_group_array(rests_on.path)",
    "postgresql": "json_agg(rests_on.path ORDER BY rests_on.position)",
}
AS_ROWS = """
INSERT INTO finding_evidence (finding_id, position, declaration_id, path)
SELECT m.finding_id,
    row_number() OVER (PARTITION BY m.finding_id ORDER BY m.position, {place}) - 1,
    m.declaration_id, {path}
FROM finding_declarations AS m, {entries}
ORDER BY m.finding_id, m.position, {place}
"""
ENTRIES = {
    "sqlite": {"entries": "json_each(m.paths) AS p", "place": "p.key", "path": "p.value"},
    "postgresql": {
        "entries": "json_array_elements_text(m.paths) WITH ORDINALITY AS p (path, place)",
        "place": "p.place",
        "path": "p.path",
    },
}


def upgrade() -> None:
    """To the tables of this step; `finding_evidence` is a view from now on."""
    dialect = op.get_bind().dialect.name
    with op.batch_alter_table("finding_declarations") as batch:
        batch.add_column(sa.Column("paths", Json, nullable=True))
    op.execute(sa.text(AS_LISTS.format(aggregate=AGGREGATES[dialect])))
    with op.batch_alter_table("finding_declarations") as batch:
        batch.alter_column("paths", existing_type=Json, nullable=False)
    op.drop_table("finding_evidence")
    for name, (table, _) in UNUSED_INDEXES.items():
        op.drop_index(name, table)


def downgrade() -> None:
    """Back to the tables of the step before, a row for each field."""
    for name, (table, columns) in UNUSED_INDEXES.items():
        op.create_index(name, table, columns)
    op.create_table(
        "finding_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declarations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("finding_id", "position"),
    )
    op.create_index("ix_finding_evidence_declaration_id", "finding_evidence", ["declaration_id"])
    op.execute(sa.text(AS_ROWS.format(**ENTRIES[op.get_bind().dialect.name])))
    with op.batch_alter_table("finding_declarations") as batch:
        batch.drop_column("paths")
