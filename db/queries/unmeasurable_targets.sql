-- zh: 没有数字的指标值（无法衡量），新申报的在前
-- en: targets without a number, which cannot be measured; the latest declarations first
-- parameters:
--   year: {type: int, zh: 只看某一年度, en: only this year}
--   applicant: {type: text, zh: 申报单位包含的文字, en: text in the applicant's name}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
SELECT c.filing_id AS declaration, d.applicant, d.project_name, d.year, i.position + 1 AS row_number,
    i.level1, i.level2, i.level3, i.target
FROM current_versions AS c
JOIN declarations AS d ON d.id = c.declaration_id
JOIN indicators AS i ON i.declaration_id = d.id
WHERE i.target <> '' AND CAST(i.parsed AS TEXT) NOT LIKE '%"value":"%'
    AND (CAST(:year AS INTEGER) IS NULL OR d.year = CAST(:year AS INTEGER))
    AND (CAST(:applicant AS TEXT) IS NULL
        OR d.applicant LIKE '%' || CAST(:applicant AS TEXT) || '%')
ORDER BY c.filing_id DESC, i.position
LIMIT CAST(:limit AS INTEGER)
