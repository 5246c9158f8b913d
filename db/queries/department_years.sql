-- zh: 各单位各年度：项目数、当年预算、比上年增长、上年预算与执行
-- en: by applicant and year - projects, budget, growth over the year before, last year's budget and its execution
-- amounts: [budget, previous_budget, previous_executed]
-- parameters:
--   applicant: {type: text, zh: 申报单位包含的文字, en: text in the applicant's name}
--   year: {type: int, zh: 只看某一年度, en: only this year}
WITH money AS (
    SELECT d.applicant, d.year, count(*) AS projects, sum(v.value_amount) AS budget,
        sum(b.value_amount) AS previous_budget, sum(e.value_amount) AS previous_executed
    -- SQLite keeps the order of a CROSS JOIN, here that of the index of amounts
    FROM current_versions AS c
    CROSS JOIN declarations AS d
    LEFT JOIN field_values AS v ON v.declaration_id = d.id AND v.path = 'annual_budget'
        AND v.value_amount IS NOT NULL
    LEFT JOIN field_values AS b ON b.declaration_id = d.id AND b.path = 'prev_budget'
        AND b.value_amount IS NOT NULL
    LEFT JOIN field_values AS e ON e.declaration_id = d.id AND e.path = 'prev_execution'
        AND e.value_amount IS NOT NULL
    WHERE d.id = c.declaration_id AND (CAST(:applicant AS TEXT) IS NULL
        OR d.applicant LIKE '%' || CAST(:applicant AS TEXT) || '%')
    GROUP BY d.applicant, d.year
), beside AS (
    SELECT m.*, lag(m.budget) OVER before AS budget_before, lag(m.year) OVER before AS year_before
    FROM money AS m WINDOW before AS (PARTITION BY m.applicant ORDER BY m.year)
)
SELECT m.applicant, m.year, m.projects, m.budget,
    CASE WHEN m.year_before = m.year - 1 THEN
        round(100.0 * (m.budget - m.budget_before) / nullif(m.budget_before, 0), 2)
    END AS growth_percent,
    m.previous_budget, m.previous_executed,
    round(100.0 * m.previous_executed / nullif(m.previous_budget, 0), 2) AS executed_percent
FROM beside AS m
WHERE CAST(:year AS INTEGER) IS NULL OR m.year = CAST(:year AS INTEGER)
ORDER BY m.applicant, m.year
