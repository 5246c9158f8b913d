-- zh: 与本单位同名项目上年申报表相比：预算增长，以及本表所填“上年预算”与上年表是否一致
-- en: against last year's declaration of the same applicant and project - growth, and whether last year's budget is stated as it was
-- amounts: [budget, last_year_budget, stated_last_year, difference]
-- parameters:
--   year: {type: int, zh: 年度，不写即最近一年, en: "year; the latest if not given"}
--   over: {type: number, zh: 只看增长超过此百分比的, en: only growth over this percentage}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
WITH standing AS (
    SELECT c.filing_id, d.id AS reading_id, d.applicant, d.project_name, d.year
    FROM declarations AS d JOIN current_versions AS c ON c.declaration_id = d.id
    WHERE d.year IN (coalesce(CAST(:year AS INTEGER), (SELECT max(y.year) FROM declarations AS y)),
        coalesce(CAST(:year AS INTEGER), (SELECT max(y.year) FROM declarations AS y)) - 1)
)
SELECT d.filing_id AS declaration, d.applicant, d.project_name, d.year, v.value_amount AS budget,
    p.filing_id AS last_year_declaration, w.value_amount AS last_year_budget,
    round(100.0 * (v.value_amount - w.value_amount) / w.value_amount, 2) AS growth_percent,
    s.value_amount AS stated_last_year, s.value_amount - w.value_amount AS difference
FROM standing AS d
JOIN standing AS p ON p.applicant = d.applicant AND p.project_name = d.project_name
    AND p.year = d.year - 1
CROSS JOIN field_values AS v
CROSS JOIN field_values AS w
LEFT JOIN field_values AS s ON s.declaration_id = d.reading_id AND s.path = 'prev_budget'
    AND s.value_amount IS NOT NULL
WHERE v.declaration_id = d.reading_id AND v.path = 'annual_budget' AND v.value_amount IS NOT NULL
    AND w.declaration_id = p.reading_id AND w.path = 'annual_budget' AND w.value_amount > 0
    AND w.value_amount IS NOT NULL
    AND (CAST(:over AS DOUBLE PRECISION) IS NULL
        OR 100.0 * (v.value_amount - w.value_amount) / w.value_amount
            > CAST(:over AS DOUBLE PRECISION))
ORDER BY growth_percent DESC, declaration
LIMIT CAST(:limit AS INTEGER)
