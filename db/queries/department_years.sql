-- zh: 各单位各年度：项目数、当年预算、比上年增长、上年预算与执行
-- en: by applicant and year - projects, budget, growth over the year before, last year's budget and its execution
-- amounts: [budget, previous_budget, previous_executed]
-- parameters:
--   applicant: {type: text, zh: 申报单位包含的文字, en: text in the applicant's name}
--   year: {type: int, zh: 只看某一年度, en: only this year}
--   limit: {type: int, default: 10000, zh: 最多几行, en: at most so many rows}
WITH money AS (
    SELECT d.applicant, d.year, count(DISTINCT d.reading_id) AS projects,
        sum(CASE WHEN v.path = 'annual_budget' THEN v.value_amount END) AS budget,
        sum(CASE WHEN v.path = 'prev_budget' THEN v.value_amount END) AS previous_budget,
        sum(CASE WHEN v.path = 'prev_execution' THEN v.value_amount END) AS previous_executed
    FROM current_declarations AS d
    LEFT JOIN field_values AS v ON v.declaration_id = d.reading_id AND v.value_amount IS NOT NULL
        AND v.path IN ('annual_budget', 'prev_budget', 'prev_execution')
    WHERE CAST(:applicant AS TEXT) IS NULL
        OR d.applicant LIKE '%' || CAST(:applicant AS TEXT) || '%'
    GROUP BY d.applicant, d.year
)
SELECT m.applicant, m.year, m.projects, m.budget,
    round(100.0 * (m.budget - b.budget) / nullif(b.budget, 0), 2) AS growth_percent,
    m.previous_budget, m.previous_executed,
    round(100.0 * m.previous_executed / nullif(m.previous_budget, 0), 2) AS executed_percent
FROM money AS m
LEFT JOIN money AS b ON b.applicant = m.applicant AND b.year = m.year - 1
WHERE CAST(:year AS INTEGER) IS NULL OR m.year = CAST(:year AS INTEGER)
ORDER BY m.applicant, m.year
LIMIT CAST(:limit AS INTEGER)
