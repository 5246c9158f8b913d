-- zh: 子项目金额合计与当年预算的差额（元）
-- en: sum of sub-projects against the annual budget, and their difference (yuan)
-- amounts: [subprojects_total, budget, difference]
-- parameters:
--   budget: {type: text, default: annual_budget, zh: 与哪个金额栏目相比, en: amount field to compare with}
--   limit: {type: int, default: 10000, zh: 最多几行, en: at most so many rows}
WITH latest AS (
    SELECT c.filing_id, c.declaration_id FROM current_versions AS c
    WHERE EXISTS (SELECT 1 FROM subprojects AS s WHERE s.declaration_id = c.declaration_id)
    ORDER BY c.filing_id LIMIT CAST(:limit AS INTEGER)
), summed AS (
    SELECT l.filing_id, l.declaration_id, count(*) AS subprojects, sum(s.amount) AS total,
        sum(CASE WHEN s.amount IS NULL THEN 1 ELSE 0 END) AS without_amount
    FROM latest AS l JOIN subprojects AS s ON s.declaration_id = l.declaration_id
    GROUP BY l.filing_id, l.declaration_id
)
SELECT t.filing_id AS declaration_id, d.applicant, d.project_name, d.year, t.subprojects,
    t.total AS subprojects_total, v.value_amount AS budget,
    t.total - v.value_amount AS difference, t.without_amount
FROM summed AS t
JOIN declarations AS d ON d.id = t.declaration_id
LEFT JOIN field_values AS v ON v.declaration_id = d.id AND v.path = CAST(:budget AS TEXT)
    AND v.value_amount IS NOT NULL
ORDER BY t.filing_id
