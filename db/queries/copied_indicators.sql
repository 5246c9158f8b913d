-- zh: 在多份申报表中一字不差的指标
-- en: indicator rows that stand word for word in several declarations
-- parameters:
--   at_least: {type: int, default: 2, zh: 至少出现在几份申报表中, en: in at least so many declarations}
SELECT r.level1, r.level2, r.level3, r.target, count(DISTINCT r.declaration_id) AS declarations,
    count(DISTINCT d.applicant) AS applicants, min(d.project_name) AS one_project
FROM indicators AS r JOIN current_declarations AS d ON d.id = r.declaration_id
WHERE coalesce(r.level3, '') <> ''
GROUP BY r.level1, r.level2, r.level3, r.target
HAVING count(DISTINCT r.declaration_id) >= CAST(:at_least AS INTEGER)
ORDER BY declarations DESC, r.level1, r.level2, r.level3, r.target
