-- zh: 同一年度多份申报表中相同的指标（不计空格、逗号宽窄），份数多的在前
-- en: indicator rows that stand in several declarations of one year, the most copied first; spaces and the width of commas aside
-- parameters:
--   at_least: {type: int, default: 2, zh: 至少出现在几份申报表中, en: in at least so many declarations}
--   year: {type: int, zh: 年度，不写即最近一年，0 为所有年度, en: "year; the latest if not given, 0 for all years"}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
WITH latest AS (
    SELECT y.year FROM declarations AS y CROSS JOIN current_versions AS v
    WHERE v.declaration_id = y.id AND y.year IS NOT NULL ORDER BY y.year DESC LIMIT 1
), printed AS (
    SELECT d.id AS declaration_id, d.applicant, d.project_name, r.level1, r.level2,
        replace(replace(r.level3, ' ', ''), ',', '，') AS level3,
        replace(replace(r.target, ' ', ''), ',', '，') AS target
    FROM declarations AS d CROSS JOIN current_versions AS c CROSS JOIN indicators AS r
    WHERE c.declaration_id = d.id AND r.declaration_id = d.id AND r.level3 <> ''
        AND (d.year = coalesce(CAST(:year AS INTEGER), (SELECT l.year FROM latest AS l))
            OR (CAST(:year AS INTEGER) = 0 AND (d.year > 0 OR d.year IS NULL)))
)
SELECT level1, level2, level3, target, count(DISTINCT declaration_id) AS declarations,
    count(DISTINCT applicant) AS applicants, min(project_name) AS one_project
FROM printed
WHERE level3 <> ''
GROUP BY level1, level2, level3, target
HAVING count(DISTINCT declaration_id) >= CAST(:at_least AS INTEGER)
ORDER BY declarations DESC, level1, level2, level3, target
LIMIT CAST(:limit AS INTEGER)
