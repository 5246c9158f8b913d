-- zh: 上年预算执行率（%），低的在前
-- en: execution rate of the previous year's budget in percent, lowest first
-- amounts: [budget, executed]
-- parameters:
--   below: {type: number, zh: 只看低于此百分比的, en: only rates below this percentage}
--   budget: {type: text, default: prev_budget, zh: 预算额栏目, en: budget field}
--   executed: {type: text, default: prev_execution, zh: 执行数栏目, en: execution field}
SELECT d.id AS declaration_id, d.applicant, d.project_name, d.year,
    b.value_amount AS budget, e.value_amount AS executed,
    round(100.0 * e.value_amount / b.value_amount, 2) AS rate_percent
FROM current_declarations AS d
JOIN field_values AS b ON b.declaration_id = d.reading_id AND b.path = CAST(:budget AS TEXT)
JOIN field_values AS e ON e.declaration_id = d.reading_id AND e.path = CAST(:executed AS TEXT)
WHERE b.value_amount > 0 AND e.value_amount IS NOT NULL
    AND (CAST(:below AS DOUBLE PRECISION) IS NULL
        OR 100.0 * e.value_amount / b.value_amount < CAST(:below AS DOUBLE PRECISION))
ORDER BY rate_percent, d.id
