-- zh: 最近一次审核的台账：每条规则各结果的申报表数
-- en: the ledger of the last audit - declarations by rule and outcome
WITH RECURSIVE last_run AS (
    SELECT a.id, a.rules FROM audit_runs AS a WHERE a.id = (SELECT max(m.id) FROM audit_runs AS m)
), checked AS (
    SELECT o.outcomes, count(*) AS declarations
    FROM audit_outcomes AS o JOIN last_run AS a ON a.id = o.audit_run_id
    GROUP BY o.outcomes
), places AS (
    SELECT 0 AS place FROM last_run
    UNION ALL
    SELECT p.place + 1 FROM places AS p
    WHERE p.place + 1 < (SELECT max(length(c.outcomes)) FROM checked AS c)
)
SELECT a.rules ->> p.place AS rule,
    sum(CASE WHEN substr(c.outcomes, p.place + 1, 1) = 'P' THEN c.declarations ELSE 0 END) AS passed,
    sum(CASE WHEN substr(c.outcomes, p.place + 1, 1) = 'F' THEN c.declarations ELSE 0 END) AS failed,
    sum(CASE WHEN substr(c.outcomes, p.place + 1, 1) = 'N' THEN c.declarations ELSE 0 END)
        AS not_applicable,
    sum(CASE WHEN substr(c.outcomes, p.place + 1, 1) = 'I' THEN c.declarations ELSE 0 END)
        AS insufficient_data,
    sum(CASE WHEN substr(c.outcomes, p.place + 1, 1) = 'E' THEN c.declarations ELSE 0 END) AS errors,
    sum(CASE WHEN substr(c.outcomes, p.place + 1, 1) = '-' THEN c.declarations ELSE 0 END) AS not_run
FROM last_run AS a CROSS JOIN places AS p CROSS JOIN checked AS c
GROUP BY p.place, a.rules ->> p.place
ORDER BY p.place
