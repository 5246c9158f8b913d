-- zh: 没有表格而略过的页，及原因
-- en: pages passed over because no form is on them, and why
SELECT e.path, p.number AS page, p.kind, p.reason
FROM pages AS p JOIN current_extractions AS e ON e.id = p.extraction_id
WHERE p.outcome = 'skipped'
ORDER BY e.path, p.number
