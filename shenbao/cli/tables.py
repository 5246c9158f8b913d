"""Results of queries and searches on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from db.queries import QueryResult

WIDE_COLUMNS = 1000
"""Characters a line may have where no terminal folds it, such as in a file."""


def print_csv(result: QueryResult) -> None:
    """Comma-separated values; no text of them becomes a formula."""
    import csv
    import io

    from pipeline.export import csv_cells

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(csv_cells(row) for row in result.rows)
    click.echo(text.getvalue(), nl=False)


def print_table(result: QueryResult) -> None:
    """A table with lines, folded to the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in result.columns:
        table.add_column(column, overflow="fold")
    for row in result.rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    terminal = Console()
    console = terminal if terminal.is_terminal else Console(width=WIDE_COLUMNS)
    console.print(table)
