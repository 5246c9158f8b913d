-- zh: 各单位各年度的项目数与预算合计（元）
-- en: number of projects and sum of budgets (yuan) by applicant and year
-- amounts: [total]
-- parameters:
--   field: {type: text, default: annual_budget, zh: 合计哪个金额栏目, en: amount field to sum}
SELECT d.applicant, d.year, count(*) AS projects, sum(v.value_amount) AS total,
    sum(CASE WHEN v.value_amount IS NULL THEN 1 ELSE 0 END) AS unread
    -- SQLite keeps the order of a CROSS JOIN, here that of the index of amounts
FROM current_versions AS c
CROSS JOIN declarations AS d
LEFT JOIN field_values AS v ON v.declaration_id = d.id AND v.path = CAST(:field AS TEXT)
    AND v.value_amount IS NOT NULL
WHERE d.id = c.declaration_id
GROUP BY d.applicant, d.year
ORDER BY d.applicant, d.year
