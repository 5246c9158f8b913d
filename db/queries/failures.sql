-- zh: 至今未能读取的文件和页
-- en: files and pages that could not be read so far
SELECT f.path, f.page, f.code, f.message, r.started_at AS run_started
FROM failures AS f
JOIN runs AS r ON r.id = f.run_id
LEFT JOIN extractions AS e ON e.id = f.extraction_id
WHERE e.id IN (SELECT c.id FROM current_extractions AS c)
    OR (e.status = 'failed' AND e.id = (
        SELECT max(x.id) FROM extractions AS x WHERE x.document_id = e.document_id)
        AND NOT EXISTS (
            SELECT 1 FROM current_extractions AS c WHERE c.document_id = e.document_id))
    OR (e.id IS NULL AND f.path NOT IN (SELECT q.path FROM document_paths AS q)
        AND f.id = (SELECT max(y.id) FROM failures AS y
            WHERE y.extraction_id IS NULL AND y.path = f.path))
ORDER BY f.path, f.page, f.id
