"""``shenbao finding``: what people make of what was found, with name and reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from shenbao.cli.options import db_option


@click.group(
    name="finding",
    help="发现的处理：采纳或不予采纳都留姓名和理由；下次审核再出现同一发现时仍然有效。\n\n"
    "Accepts or dismisses findings, with name and reason; the decision holds for the same finding "
    "in later audits.",
)
def command() -> None:
    """Groups what can be done with findings."""


def _decision_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        db_option,
        click.option("--reason", required=True, metavar="TEXT", help="理由 / why"),
        click.option("--by", "author", required=True, metavar="NAME", help="处理人 / who decides"),
        click.argument("finding", type=int),
    ):
        function = option(function)
    return function


@command.command(name="accept", help="采纳 / the finding holds")
@_decision_options
def accept(finding: int, author: str, reason: str, db: str) -> None:
    """Accepts one."""
    _decide(db, finding, "accepted", author, reason)


@command.command(name="dismiss", help="不予采纳 / the finding does not hold")
@_decision_options
def dismiss(finding: int, author: str, reason: str, db: str) -> None:
    """Dismisses one."""
    _decide(db, finding, "dismissed", author, reason)


@command.command(name="reopen", help="撤销处理 / take the decision back")
@_decision_options
def reopen(finding: int, author: str, reason: str, db: str) -> None:
    """Makes one undecided again."""
    _decide(db, finding, "reopened", author, reason)


def _decide(db: str, finding: int, decision: str, author: str, reason: str) -> None:
    from db.audits import decide
    from db.store import open_store

    with open_store(db, create=False) as store:
        message = decide(store, finding, decision, author=author, reason=reason)
    click.echo(f"{finding} {decision} ({author}): {message}")


@command.command(name="list", help="最近一次审核的发现 / findings of the last audit")
@click.option(
    "--open", "only_open", is_flag=True, help="只列未处理的 / only those without a decision"
)
@click.option("--rule", help="只列此规则的 / only of this rule")
@db_option
def list_findings(only_open: bool, rule: str | None, db: str) -> None:
    """Prints one line a finding."""
    from db.audits import latest_run, read_findings
    from db.store import open_store

    with open_store(db, create=False) as store:
        run = latest_run(store)
        for found in () if run is None else read_findings(store, run):
            if (only_open and found.decision in ("accepted", "dismissed")) or (
                rule is not None and found.rule != rule
            ):
                continue
            numbers = ",".join(str(d.number) for d in found.declarations)
            click.echo(
                f"{found.id}\t{found.rule}\t{found.severity}\t{found.decision}\t{numbers}\t"
                f"{found.message}"
            )
