"""``shenbao diff``: what changed between two readings of a declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from shenbao.cli.options import db_option, format_option

if TYPE_CHECKING:
    from normalizers.records import FieldValue
    from pipeline.diff.report import Diff, Difference

_KINDS = {
    "value": "值变 / value",
    "text": "仅文字变 / text only",
    "added": "新增 / added",
    "removed": "没有了 / removed",
}
_WIDE_COLUMNS = 1000
"""Characters a line may have where no terminal folds it, such as in a file."""


@click.command(
    name="diff",
    help="一份申报表两次读数之间的变化，逐栏逐行（行按内容对应，不按位置），附两边的页和位置，"
    "以及何人更正。默认比较最近两次有效的读数。\n\n"
    "What changed between two readings of a declaration, field by field and row by row (rows are "
    "paired by what they say, never by position), with both pages and boxes and who corrected it. "
    "Compares the last two readings that stood unless told otherwise.",
)
@click.argument("declaration", type=int)
@click.option("--from", "before", type=int, metavar="READING", help="较早的读数 / earlier reading")
@click.option("--to", "after", type=int, metavar="READING", help="较晚的读数 / later reading")
@format_option("table", "json")
@db_option
def command(
    declaration: int, before: int | None, after: int | None, out_format: str, db: str
) -> None:
    """Prints the differences, and which readings there are."""
    from db.store import open_store
    from pipeline.diff.report import diff

    with open_store(db, create=False) as store:
        found = diff(store, declaration, before=before, after=after)
    if out_format == "json":
        import json

        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
    else:
        _print(found)


def _print(found: Diff) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = Console()
    console = terminal if terminal.is_terminal else Console(width=_WIDE_COLUMNS)
    for standing in found.history:
        reading = "–" if standing.reading_id is None else standing.reading_id
        console.print(
            Text(f"读数 / reading {reading}: {standing.cause}, {standing.since.isoformat()}")
        )
    if found.before is None:
        console.print(Text("只有一次读数，没有可比较的 / one reading only; nothing to compare"))
        return
    if not found.differences:
        console.print(Text(f"{found.before.id} → {found.after.id}: 没有变化 / nothing changed"))
        return
    table = Table(title=f"{found.number}: {found.before.id} → {found.after.id}")
    for name in ("栏目 / field", "变化 / change", "原 / from", "现 / to", "更正 / corrected"):
        table.add_column(name, overflow="fold")
    for difference in found.differences:
        table.add_row(*map(Text, _cells(difference)))
    console.print(table)


def _cells(difference: Difference) -> tuple[str, ...]:
    change, word = difference.change, difference.word
    said = "" if word is None else f"{word.author}: {word.reason} ({word.made_at.isoformat()})"
    return (
        change.path,
        _KINDS[change.kind.value],
        _side(change.before),
        _side(change.after),
        said,
    )


def _side(value: FieldValue | None) -> str:
    """``1300000.50 [raw 130.00] p. 2 (0.21, 0.14, 0.88, 0.16)``."""
    from pipeline.diff.report import shown

    if value is None:
        return "–"
    said = "–" if value.value is None else str(shown(value))
    raw = "" if value.raw is None or value.raw == said else f" [{value.raw}]"
    proof = value.provenance
    if proof is None:
        return said + raw
    box = f" ({', '.join(map(str, proof.bbox.as_list()))})" if proof.bbox else ""
    return f"{said}{raw} p. {proof.page}{box}"
