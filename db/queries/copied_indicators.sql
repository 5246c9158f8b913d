-- zh: 在多份申报表中相同的指标（不计空格、逗号宽窄）
-- en: indicator rows that stand in several declarations; spaces and the width of commas aside
-- parameters:
--   at_least: {type: int, default: 2, zh: 至少出现在几份申报表中, en: in at least so many declarations}
WITH printed AS (
    SELECT d.id AS declaration_id, d.applicant, d.project_name, r.level1, r.level2,
        replace(replace(r.level3, ' ', ''), ',', '，') AS level3,
        replace(replace(r.target, ' ', ''), ',', '，') AS target
    FROM indicators AS r JOIN current_declarations AS d ON d.reading_id = r.declaration_id
)
SELECT level1, level2, level3, target, count(DISTINCT declaration_id) AS declarations,
    count(DISTINCT applicant) AS applicants, min(project_name) AS one_project
FROM printed
WHERE coalesce(level3, '') <> ''
GROUP BY level1, level2, level3, target
HAVING count(DISTINCT declaration_id) >= CAST(:at_least AS INTEGER)
ORDER BY declarations DESC, level1, level2, level3, target
