-- zh: 上年预算执行率（%），低的在前
-- en: execution rate of the previous year's budget in percent, lowest first
-- amounts: [budget, executed]
-- parameters:
--   below: {type: number, zh: 只看低于此百分比的, en: only rates below this percentage}
--   budget: {type: text, default: prev_budget, zh: 预算额栏目, en: budget field}
--   executed: {type: text, default: prev_execution, zh: 执行数栏目, en: execution field}
--   limit: {type: int, default: 10000, zh: 最多几行, en: at most so many rows}
WITH lowest AS (
    SELECT c.filing_id, c.declaration_id, b.value_amount AS budget, e.value_amount AS executed,
        round(100.0 * e.value_amount / b.value_amount, 2) AS rate_percent
    FROM field_values AS b
    JOIN field_values AS e ON e.declaration_id = b.declaration_id
        AND e.path = CAST(:executed AS TEXT) AND e.value_amount IS NOT NULL
    JOIN current_versions AS c ON c.declaration_id = b.declaration_id
    WHERE b.path = CAST(:budget AS TEXT) AND b.value_amount IS NOT NULL AND b.value_amount > 0
        AND (CAST(:below AS DOUBLE PRECISION) IS NULL
            OR 100.0 * e.value_amount / b.value_amount < CAST(:below AS DOUBLE PRECISION))
    ORDER BY rate_percent, filing_id
    LIMIT CAST(:limit AS INTEGER)
)
SELECT l.filing_id AS declaration_id, d.applicant, d.project_name, d.year, l.budget, l.executed,
    l.rate_percent
FROM lowest AS l JOIN declarations AS d ON d.id = l.declaration_id
ORDER BY l.rate_percent, l.filing_id
