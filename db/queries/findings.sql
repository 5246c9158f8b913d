-- zh: 最近一次审核的发现，连同处理决定
-- en: findings of the last audit, with what people decided
-- parameters:
--   rule: {type: text, zh: 只看此规则, en: only this rule}
--   severity: {type: text, zh: 只看 high、medium 或 low, en: "only high, medium or low"}
--   decision: {type: text, zh: "只看 open、accepted、dismissed 或 reopened", en: "only open, accepted, dismissed or reopened"}
--   limit: {type: int, default: 1000, zh: 最多几行, en: at most so many rows}
WITH decided AS (
    SELECT d.fingerprint, d.decision, d.author, d.reason
    FROM finding_decisions AS d
    WHERE NOT EXISTS (
        SELECT 1 FROM finding_decisions AS later
        WHERE later.fingerprint = d.fingerprint AND later.id > d.id)
)
SELECT f.id AS finding, f.rule, f.severity, f.outcome, f.message, p.filing_id AS declaration,
    r.applicant, r.project_name, r.year, coalesce(x.decision, 'open') AS decision,
    x.author AS decided_by, x.reason
FROM findings AS f
LEFT JOIN finding_declarations AS p ON p.finding_id = f.id
LEFT JOIN declarations AS r ON r.id = p.declaration_id
LEFT JOIN decided AS x ON x.fingerprint = f.fingerprint
WHERE f.audit_run_id = (SELECT max(a.id) FROM audit_runs AS a)
    AND (CAST(:rule AS TEXT) IS NULL OR f.rule = CAST(:rule AS TEXT))
    AND (CAST(:severity AS TEXT) IS NULL OR f.severity = CAST(:severity AS TEXT))
    AND (CAST(:decision AS TEXT) IS NULL
        OR coalesce(x.decision, 'open') = CAST(:decision AS TEXT))
ORDER BY f.id, p.position
LIMIT CAST(:limit AS INTEGER)
