-- zh: 被更正扫描件取代的文件
-- en: files that a corrected scan took the place of
SELECT r.replaced_at, o.sha256 AS old_sha256,
    (SELECT min(p.path) FROM document_paths AS p WHERE p.document_id = o.id) AS old_file,
    n.sha256 AS new_sha256,
    (SELECT min(p.path) FROM document_paths AS p WHERE p.document_id = n.id) AS new_file,
    r.forced, r.author, r.reason
FROM document_replacements AS r
JOIN documents AS o ON o.id = r.old_document_id
JOIN documents AS n ON n.id = r.new_document_id
ORDER BY r.id DESC
