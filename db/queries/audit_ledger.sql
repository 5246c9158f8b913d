-- zh: 最近一次审核的台账：每条规则各结果的申报表数
-- en: the ledger of the last audit - declarations by rule and outcome
SELECT c.rule,
    sum(CASE WHEN c.outcome = 'pass' THEN c.declarations ELSE 0 END) AS passed,
    sum(CASE WHEN c.outcome = 'fail' THEN c.declarations ELSE 0 END) AS failed,
    sum(CASE WHEN c.outcome = 'not_applicable' THEN c.declarations ELSE 0 END) AS not_applicable,
    sum(CASE WHEN c.outcome = 'insufficient_data' THEN c.declarations ELSE 0 END)
        AS insufficient_data,
    sum(CASE WHEN c.outcome = 'error' THEN c.declarations ELSE 0 END) AS errors,
    sum(CASE WHEN c.outcome = 'not_run' THEN c.declarations ELSE 0 END) AS not_run
FROM audit_counts AS c
WHERE c.audit_run_id = (SELECT max(a.id) FROM audit_runs AS a)
GROUP BY c.rule, c.place
ORDER BY c.place
