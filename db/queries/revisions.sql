-- zh: 有过多个版本的申报表（重读、更正、换扫描件、修订），逐个版本列出
-- en: declarations with several versions (read anew, corrected, replaced, revised), version by version
-- parameters:
--   cause: {type: text, zh: 只看此原因的，如 revision、correction, en: only this cause such as revision}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
SELECT v.filing_id AS declaration, v.since, v.cause, r.link, r.applicant, r.project_name, r.year,
    e.path AS file
FROM filing_versions AS v
LEFT JOIN declarations AS r ON r.id = v.declaration_id
LEFT JOIN extractions AS e ON e.id = r.extraction_id
WHERE v.filing_id IN (
        SELECT m.filing_id FROM filing_versions AS m
        WHERE m.cause <> 'extraction'
            AND (CAST(:cause AS TEXT) IS NULL OR m.cause = CAST(:cause AS TEXT))
    )
ORDER BY v.filing_id DESC, v.id
LIMIT CAST(:limit AS INTEGER)
