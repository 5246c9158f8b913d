"""``shenbao audit``: all rules over the database, findings and the ledger of every check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.cli.options import as_of_option, db_option, format_option

if TYPE_CHECKING:
    from datetime import datetime

    from audit.ledger import AuditResult


@click.command(
    name="audit",
    help="对库中每张申报表运行审核规则，保存并打印发现，最后打印各规则结果的台账。\n\n"
    "Runs the audit rules over every declaration, stores and prints what they find, and ends with "
    "the ledger: how each rule came out.",
)
@click.option("--rule", "rules", multiple=True, metavar="ID", help="只运行此规则 / only this rule")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="RULE.NAME=VALUE",
    help="规则的参数，如 budget_growth.up=30 / a rule's parameter",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="打印每条规则在每张表上的结果 / print every outcome, not findings alone",
)
@click.option(
    "--form", "forms", multiple=True, metavar="ID", help="只审核此版式 / only this layout"
)
@as_of_option
@format_option("table", "json", "csv", "xlsx")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入文件 / write to a file; xlsx needs it",
)
@db_option
def command(  # noqa: PLR0913, PLR0917 -- one a command line option, passed by name
    rules: tuple[str, ...],
    params: tuple[str, ...],
    everything: bool,
    forms: tuple[str, ...],
    as_of: datetime | None,
    out_format: str,
    out: Path | None,
    db: str,
) -> None:
    """Audits, prints, and says how it went."""
    if out_format == "xlsx" and out is None:
        raise click.UsageError("xlsx 须用 -o 指定文件 / xlsx needs a file: -o")
    from audit.catalogue import choose
    from audit.ledger import audit
    from audit.parameters import default_parameters, with_settings
    from db.store import open_store
    from pipeline.audit_report import write_report
    from shenbao import __version__

    chosen = choose(rules)
    settings = with_settings(default_parameters(), params)
    with open_store(db, create=False) as store:
        result = audit(
            store, chosen, settings, version=__version__, forms=frozenset(forms), as_of=as_of
        )
        write_report(store, result, out_format=out_format, out=out, everything=everything)
    _say(result)


def _say(result: AuditResult) -> None:
    """The ledger, and what is wrong with the rules themselves."""
    from audit.verdict import Outcome

    counts = result.ledger.counts()
    click.echo(f"审核 / audit {result.run_id}: {len(result.ledger.numbers)}", err=True)
    for rule, of_rule in counts.items():
        shown = "  ".join(f"{o.value} {n}" for o, n in of_rule.items() if n)
        click.echo(f"  {rule}: {shown}", err=True)
    if result.not_run:
        click.echo(f"  {Outcome.NOT_RUN.value}: {', '.join(result.not_run)}", err=True)
    if result.errors:
        click.echo(
            f"{result.errors} 次检查出错，见 outcome 为 error 的发现 / checks failed by "
            "themselves; see the findings with outcome error",
            err=True,
        )
        sys.exit(1)
