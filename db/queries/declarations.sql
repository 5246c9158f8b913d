-- zh: 已入库的申报表，及各表待复核的栏目数
-- en: declarations in the database, each with its number of entries to review
-- parameters:
--   year: {type: int, zh: 只看某一年度, en: only this year}
--   applicant: {type: text, zh: 申报单位包含的文字, en: text in the applicant's name}
--   limit: {type: int, default: 10000, zh: 最多几行, en: at most so many rows}
WITH chosen AS (
    SELECT d.id, d.reading_id, d.form_id, d.year, d.applicant, d.project_name, d.path,
        d.first_page, d.last_page
    FROM current_declarations AS d
    WHERE (CAST(:year AS INTEGER) IS NULL OR d.year = CAST(:year AS INTEGER))
        AND (CAST(:applicant AS TEXT) IS NULL
            OR d.applicant LIKE '%' || CAST(:applicant AS TEXT) || '%')
    ORDER BY d.path, d.first_page, d.id
    LIMIT CAST(:limit AS INTEGER)
)
SELECT d.id, d.form_id, d.year, d.applicant, d.project_name, d.path, d.first_page, d.last_page,
    (SELECT count(*) FROM issues AS i WHERE i.declaration_id = d.reading_id) AS to_review
FROM chosen AS d
ORDER BY d.path, d.first_page, d.id
