-- zh: 人工更正：谁、何时、为何，由何值改为何值；新的在前
-- en: what people corrected - who, when, why, from what to what; the latest first
-- parameters:
--   author: {type: text, zh: 更正人, en: who}
--   declaration: {type: int, zh: 只看此编号的申报表, en: only this declaration}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
SELECT c.id AS correction, c.made_at, c.author, c.reason, c.filing_id AS declaration,
    d.applicant, d.project_name, c.path AS field, c.raw_seen, c.value_before, c.value_after,
    c.undoes_id AS undoes, u.id AS undone_by
FROM corrections AS c
LEFT JOIN declarations AS d ON d.id = (
    SELECT v.declaration_id FROM filing_versions AS v
    WHERE v.filing_id = c.filing_id AND v.declaration_id IS NOT NULL
    ORDER BY v.id DESC LIMIT 1)
LEFT JOIN corrections AS u ON u.undoes_id = c.id
WHERE (CAST(:author AS TEXT) IS NULL OR c.author = CAST(:author AS TEXT))
    AND (CAST(:declaration AS INTEGER) IS NULL OR c.filing_id = CAST(:declaration AS INTEGER))
ORDER BY c.id DESC
LIMIT CAST(:limit AS INTEGER)
