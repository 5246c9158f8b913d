"""``shenbao correct``: a person's word beside what was read, never over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from shenbao.cli.options import db_option

if TYPE_CHECKING:
    from normalizers.records import FieldValue


@click.command(
    name="correct",
    help="更正一个栏目，或用 --undo 撤销更正。原读法、更正人、理由和时间都保留。\n\n"
    "Corrects one field, or takes a correction back with --undo. What was read, who corrected it, "
    "why and when all stay. VALUE: text; an amount in yuan (1234.50); a date (2019-01-31); "
    "true, false or null for a tick box.",
)
@click.argument("declaration", type=int)
@click.argument("field")
@click.argument("value", required=False)
@click.option("--by", "author", required=True, metavar="NAME", help="更正人 / who corrects it")
@click.option("--reason", required=True, metavar="TEXT", help="理由 / why")
@click.option("--undo", is_flag=True, help="撤销此栏目的更正 / take the correction back")
@db_option
def command(
    declaration: int,
    field: str,
    value: str | None,
    author: str,
    reason: str,
    undo: bool,
    db: str,
) -> None:
    """Corrects, or takes back."""
    if undo is (value is not None):
        raise click.UsageError("VALUE 与 --undo 须且只能用一个 / give VALUE or --undo")
    from db import corrections
    from db.store import open_store

    with open_store(db, create=False) as store:
        if value is None:
            made = corrections.undo(store, declaration, field, author=author, reason=reason)
        else:
            made = corrections.correct(
                store, declaration, field, value, author=author, reason=reason
            )
    click.echo(
        f"{made.filing_id} {made.path}: {_shown(made.before)} → {_shown(made.after)} ({author})"
    )


def _shown(value: FieldValue) -> str:
    if value.value is None:
        return "null"
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)
