"""Views for people who write their own SQL: only the current reading of each document.

The current reading is the latest one that was read through; older ones stay in the tables.
"""

from __future__ import annotations

CURRENT_EXTRACTIONS = """
CREATE VIEW current_extractions AS
SELECT e.*, d.sha256
FROM extractions AS e JOIN documents AS d ON d.id = e.document_id
WHERE e.id = (
    SELECT max(later.id) FROM extractions AS later
    WHERE later.document_id = e.document_id AND later.status = 'done'
)
"""

CURRENT_DECLARATIONS = """
CREATE VIEW current_declarations AS
SELECT d.*, e.document_id, e.path, e.sha256
FROM declarations AS d JOIN current_extractions AS e ON e.id = d.extraction_id
"""

CURRENT_VALUES = """
CREATE VIEW current_values AS
SELECT v.declaration_id, v.position, v.path, v.type, v.raw, v.value_text,
    {amount_yuan} AS amount_yuan, v.value_amount, v.value_date, v.value_bool, v.value_int,
    v.unit, v.page, v.x0, v.y0, v.x1, v.y1, v.confidence, v.engine
FROM field_values AS v JOIN current_declarations AS d ON d.id = v.declaration_id
"""

YUAN_OF_FEN = """
CASE WHEN v.value_amount IS NOT NULL THEN
    printf('%s%d.%02d', CASE WHEN v.value_amount < 0 THEN '-' ELSE '' END,
           abs(v.value_amount) / 100, abs(v.value_amount) % 100)
END"""


def view_statements(dialect_name: str) -> tuple[str, ...]:
    """``CREATE VIEW`` statements in order, for ``sqlite`` or ``postgresql``.

    ``amount_yuan`` reads the same on both: on SQLite, amounts are stored as whole 分.
    """
    amount_yuan = YUAN_OF_FEN if dialect_name == "sqlite" else "v.value_amount"
    values = CURRENT_VALUES.format(amount_yuan=amount_yuan)
    return CURRENT_EXTRACTIONS, CURRENT_DECLARATIONS, values
