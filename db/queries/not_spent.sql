-- zh: 上年预算没有用完的项目，剩余多的在前
-- en: projects that did not spend last year's budget, the largest remainder first
-- amounts: [budget, executed, unspent]
-- parameters:
--   below: {type: number, default: 80, zh: 执行率低于此百分比, en: executed below this percentage}
--   year: {type: int, zh: 只看某一年度的申报表, en: only declarations of this year}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
WITH largest AS (
    SELECT c.filing_id, c.declaration_id, b.value_amount AS budget, e.value_amount AS executed,
        b.value_amount - e.value_amount AS unspent
    FROM field_values AS b
    JOIN field_values AS e ON e.declaration_id = b.declaration_id AND e.path = 'prev_execution'
        AND e.value_amount IS NOT NULL
    JOIN current_versions AS c ON c.declaration_id = b.declaration_id
    WHERE b.path = 'prev_budget' AND b.value_amount IS NOT NULL AND b.value_amount > 0
        AND 100.0 * e.value_amount / b.value_amount < CAST(:below AS DOUBLE PRECISION)
        AND (CAST(:year AS INTEGER) IS NULL OR b.declaration_id IN (
            SELECT y.id FROM declarations AS y WHERE y.year = CAST(:year AS INTEGER)))
    ORDER BY unspent DESC, filing_id
    LIMIT CAST(:limit AS INTEGER)
)
SELECT l.filing_id AS declaration, d.applicant, d.project_name, d.year, l.budget, l.executed,
    l.unspent, round(100.0 * l.executed / l.budget, 2) AS executed_percent
FROM largest AS l JOIN declarations AS d ON d.id = l.declaration_id
ORDER BY l.unspent DESC, l.filing_id
