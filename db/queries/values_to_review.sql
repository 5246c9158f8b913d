-- zh: 待人工复核的栏目，附原文与页码
-- en: values that a person should look at, with the text as read and its page
-- parameters:
--   code: {type: text, zh: 只看某一类原因, en: only this reason}
--   declaration: {type: int, zh: 只看某一份申报表, en: only this declaration}
SELECT d.id AS declaration_id, d.project_name, i.path AS field, i.code, i.message, v.raw, v.page,
    v.confidence, d.path
FROM issues AS i
JOIN field_values AS v ON v.id = i.field_value_id
JOIN current_declarations AS d ON d.reading_id = i.declaration_id
WHERE (CAST(:code AS TEXT) IS NULL OR i.code = CAST(:code AS TEXT))
    AND (CAST(:declaration AS INTEGER) IS NULL OR d.id = CAST(:declaration AS INTEGER))
ORDER BY d.id, v.position, i.position
