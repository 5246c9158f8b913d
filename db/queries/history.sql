-- zh: 一份申报表的历史：哪个读数自何时起算数，出自哪个文件、哪次运行，谁改的
-- en: the history of one declaration - which reading stands since when, from which file and run, or by whom
-- parameters:
--   declaration: {type: int, default: 0, zh: 申报表编号, en: number of the declaration}
SELECT v.since, v.cause, r.link, v.declaration_id AS reading, e.path AS file, x.sha256,
    n.extractor_version, n.engine, r.form_id, r.form_version, c.author, c.path AS field,
    c.value_before, c.value_after, c.reason
FROM filing_versions AS v
LEFT JOIN declarations AS r ON r.id = v.declaration_id
LEFT JOIN extractions AS e ON e.id = r.extraction_id
LEFT JOIN documents AS x ON x.id = e.document_id
LEFT JOIN runs AS n ON n.id = e.run_id
LEFT JOIN corrections AS c ON c.id = r.correction_id AND v.cause = 'correction'
WHERE v.filing_id = CAST(:declaration AS INTEGER)
ORDER BY v.id
