-- zh: 子项目金额合计与当年预算的差额（元）
-- en: sum of sub-projects against the annual budget, and their difference (yuan)
-- amounts: [subprojects_total, budget, difference]
-- parameters:
--   budget: {type: text, default: annual_budget, zh: 与哪个金额栏目相比, en: amount field to compare with}
SELECT d.id AS declaration_id, d.applicant, d.project_name, d.year,
    count(s.id) AS subprojects, sum(s.amount) AS subprojects_total,
    max(v.value_amount) AS budget, sum(s.amount) - max(v.value_amount) AS difference,
    sum(CASE WHEN s.amount IS NULL THEN 1 ELSE 0 END) AS without_amount
FROM current_declarations AS d
JOIN subprojects AS s ON s.declaration_id = d.reading_id
LEFT JOIN field_values AS v ON v.declaration_id = d.reading_id AND v.path = CAST(:budget AS TEXT)
GROUP BY d.id, d.applicant, d.project_name, d.year
ORDER BY d.id
