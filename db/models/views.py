"""Views for people who write their own SQL: what stands now, and lists as rows.

They are derived and hold nothing, so they are no part of the migrations: they are dropped before
an upgrade and made anew after it. `db.past` makes the same views over an earlier state.
"""

from __future__ import annotations

CURRENT_VERSIONS = """
SELECT v.filing_id, v.declaration_id, v.cause, v.since
FROM filing_versions AS v
WHERE v.declaration_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM filing_versions AS later
    WHERE later.filing_id = v.filing_id AND later.id > v.id
)
"""

CURRENT_EXTRACTIONS = """
SELECT e.*, d.sha256
FROM extractions AS e JOIN documents AS d ON d.id = e.document_id
WHERE e.id = (
    SELECT max(later.id) FROM extractions AS later
    WHERE later.document_id = e.document_id AND later.status = 'done'
) AND NOT EXISTS (
    SELECT 1 FROM document_replacements AS r WHERE r.old_document_id = e.document_id
)
"""

# Joins that a question does not need are left out by the database, since they are outer and unique.
CURRENT_DECLARATIONS = """
SELECT v.filing_id AS id, d.id AS reading_id, d.form_id, d.form_version, d.title, d.year,
    d.applicant, d.project_name, d.first_page, d.last_page, v.cause, v.since, d.link, d.identity,
    d.correction_id, d.extraction_id, d.ordinal, d.pages, d.row_keys, d.extras,
    e.document_id, e.path, x.sha256
FROM current_versions AS v
JOIN declarations AS d ON d.id = v.declaration_id
LEFT JOIN extractions AS e ON e.id = d.extraction_id
LEFT JOIN documents AS x ON x.id = e.document_id
"""

CURRENT_VALUES = """
SELECT c.filing_id AS declaration_id, v.declaration_id AS reading_id, v.position, v.path, v.type,
    v.raw, v.value_text, {amount_yuan} AS amount_yuan, v.value_amount, v.value_date, v.value_bool,
    v.value_int, v.unit, v.page, v.x0, v.y0, v.x1, v.y1, v.confidence, v.engine
FROM field_values AS v JOIN current_versions AS c ON c.declaration_id = v.declaration_id
"""

CURRENT_SUBPROJECTS = """
SELECT c.filing_id AS declaration_id, s.declaration_id AS reading_id, s.position, s.name,
    {row_amount_yuan} AS amount_yuan, s.amount, s.extra
FROM subprojects AS s JOIN current_versions AS c ON c.declaration_id = s.declaration_id
"""

CURRENT_INDICATORS = """
SELECT c.filing_id AS declaration_id, i.declaration_id AS reading_id, i.position, i.level1,
    i.level2, i.level3, i.target, i.parsed, i.extra
FROM indicators AS i JOIN current_versions AS c ON c.declaration_id = i.declaration_id
"""

CURRENT_ISSUES = """
SELECT c.filing_id AS declaration_id, i.declaration_id AS reading_id, i.path, i.code, i.message
FROM issues AS i JOIN current_versions AS c ON c.declaration_id = i.declaration_id
"""

# A place within the finding is counted only where it is asked for, and only in that finding.
FINDING_EVIDENCE = """
SELECT m.finding_id, {place} + coalesce((
        SELECT sum(json_array_length(earlier.paths)) FROM finding_declarations AS earlier
        WHERE earlier.finding_id = m.finding_id AND earlier.position < m.position
    ), 0) AS position, m.filing_id, m.declaration_id, {path} AS path
FROM finding_declarations AS m, {entries}
"""
ENTRIES = {
    "sqlite": {"entries": "json_each(m.paths) AS p", "place": "p.key", "path": "p.value"},
    "postgresql": {
        "entries": "json_array_elements_text(m.paths) WITH ORDINALITY AS p (path, place) "
        "WHERE p.place BETWEEN 1 AND json_array_length(m.paths)",
        "place": "p.place - 1",
        "path": "p.path",
    },
}
"""A list as rows. The condition holds for all of them: PostgreSQL expects a hundred entries of any
list, and would read whole tables for so many, if nothing narrowed them."""

ABOUT = {
    "current_versions": (
        "filing_versions",
        "filing that is found now, with the reading that stands",
    ),
    "current_extractions": ("extractions", "file that counts: its latest reading"),
    "current_declarations": ("declarations", "declaration: what stands now"),
    "current_values": ("field_values", "value of a declaration"),
    "current_subprojects": ("subprojects", "sub-project of a declaration"),
    "current_indicators": ("indicators", "indicator of a declaration"),
    "current_issues": ("issues", "reason to look at a value"),
    "finding_evidence": ("finding_declarations", "field that a finding rests on"),
}
"""View → the table whose columns it mostly has, and what it has one row for."""

COLUMNS = {
    "filing_id": "number of the declaration",
    "declaration_id": "number of the declaration",
    "reading_id": "row of `declarations` that stands",
    "current_declarations.id": "number of the declaration",
    "current_versions.declaration_id": "row of `declarations` that stands",
    "finding_evidence.position": "order within the finding, from 0",
    "finding_evidence.declaration_id": "reading that was checked; it knows where the field stands",
    "finding_evidence.path": "field",
    "cause": "what made it stand: `extraction`, `reextraction`, `revision`, `replacement` or "
    "`correction`",
    "since": "from when on it stands",
    "document_id": "file",
    "path": "name of the file",
    "current_values.path": "field",
    "current_issues.path": "field, or group of fields, concerned",
    "sha256": "of the bytes of the file",
    "amount_yuan": "the amount in yuan",
}
"""Columns that are not what the table's column of that name is."""

YUAN_OF_FEN = """
CASE WHEN {0} IS NOT NULL THEN
    printf('%s%d.%02d', CASE WHEN {0} < 0 THEN '-' ELSE '' END, abs({0}) / 100, abs({0}) % 100)
END"""


def views(dialect_name: str) -> dict[str, str]:
    """The SELECT of every view by its name, in the order in which they build on one another.

    Args:
        dialect_name: ``sqlite`` or ``postgresql``. ``amount_yuan`` reads the same on both: on
            SQLite, amounts are stored as whole 分.
    """
    yuan = YUAN_OF_FEN if dialect_name == "sqlite" else "{0}"
    return {
        "current_versions": CURRENT_VERSIONS,
        "current_extractions": CURRENT_EXTRACTIONS,
        "current_declarations": CURRENT_DECLARATIONS,
        "current_values": CURRENT_VALUES.format(amount_yuan=yuan.format("v.value_amount")),
        "current_subprojects": CURRENT_SUBPROJECTS.format(row_amount_yuan=yuan.format("s.amount")),
        "current_indicators": CURRENT_INDICATORS,
        "current_issues": CURRENT_ISSUES,
        "finding_evidence": FINDING_EVIDENCE.format_map(ENTRIES[dialect_name]),
    }
