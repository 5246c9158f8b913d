-- zh: 版式未定义的表，及其栏目、勾选框数目
-- en: forms whose layout nobody has defined, with their numbers of pairs and marks
SELECT u.id, u.title, e.path, u.first_page, u.last_page,
    (SELECT count(*) FROM unmatched_pairs AS p WHERE p.unmatched_id = u.id) AS pairs,
    (SELECT count(*) FROM unmatched_marks AS m WHERE m.unmatched_id = u.id) AS marks
FROM unmatched AS u CROSS JOIN current_extractions AS e
WHERE e.id = u.extraction_id
ORDER BY e.path, u.first_page, u.id
