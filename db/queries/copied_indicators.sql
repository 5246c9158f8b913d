-- zh: 同一年度多份申报表中相同的指标（不计空格、逗号宽窄），份数多的在前
-- en: indicator rows that stand in several declarations of one year, the most copied first; spaces and the width of commas aside
-- parameters:
--   at_least: {type: int, default: 2, zh: 至少出现在几份申报表中, en: in at least so many declarations}
--   year: {type: int, zh: 年度，不写即最近一年，0 为所有年度, en: "year; the latest if not given, 0 for all years"}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
WITH printed AS (
    SELECT d.id AS declaration_id, d.applicant, d.project_name, r.level1, r.level2,
        replace(replace(r.level3, ' ', ''), ',', '，') AS level3,
        replace(replace(r.target, ' ', ''), ',', '，') AS target
    FROM current_versions AS c
    JOIN declarations AS d ON d.id = c.declaration_id
    JOIN indicators AS r ON r.declaration_id = d.id
    WHERE r.level3 <> '' AND (CAST(:year AS INTEGER) = 0 OR d.year = coalesce(
        CAST(:year AS INTEGER), (SELECT max(y.year) FROM current_versions AS v
            JOIN declarations AS y ON y.id = v.declaration_id)))
)
SELECT level1, level2, level3, target, count(DISTINCT declaration_id) AS declarations,
    count(DISTINCT applicant) AS applicants, min(project_name) AS one_project
FROM printed
WHERE level3 <> ''
GROUP BY level1, level2, level3, target
HAVING count(DISTINCT declaration_id) >= CAST(:at_least AS INTEGER)
ORDER BY declarations DESC, level1, level2, level3, target
LIMIT CAST(:limit AS INTEGER)
