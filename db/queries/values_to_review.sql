-- zh: 待人工复核的栏目，附原文与页码
-- en: values that a person should look at, with the text as read and its page
-- parameters:
--   code: {type: text, zh: 只看某一类原因, en: only this reason}
--   declaration: {type: int, zh: 只看某一份申报表, en: only this declaration}
--   limit: {type: int, default: 10000, zh: 最多几行, en: at most so many rows}
SELECT c.filing_id AS declaration_id, d.project_name, i.path AS field, i.code, i.message, i.raw,
    i.page, i.confidence, e.path
FROM current_versions AS c
JOIN issues AS i ON i.declaration_id = c.declaration_id
JOIN declarations AS d ON d.id = c.declaration_id
JOIN extractions AS e ON e.id = d.extraction_id
WHERE (CAST(:code AS TEXT) IS NULL OR i.code = CAST(:code AS TEXT))
    AND (CAST(:declaration AS INTEGER) IS NULL OR c.filing_id = CAST(:declaration AS INTEGER))
ORDER BY c.filing_id, i.field_value_id, i.position
LIMIT CAST(:limit AS INTEGER)
