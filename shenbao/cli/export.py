"""``shenbao export``: the database for spreadsheets and notebooks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from shenbao.cli.options import as_of_option, db_option


@click.command(
    name="export",
    help="导出数据库的当前读数。jsonl 与 extract 打印的一致；csv 每表一个文件（文件夹或 .zip），"
    "以 = + - @ 开头的文字前加单引号，以免被当成公式；xlsx 每表一个工作表；"
    "parquet 每表一个文件。\n\n"
    "Writes the current readings: jsonl as extract prints them; csv as one file a table in a "
    "folder or .zip, where a text that begins with = + - @ gets an apostrophe in front so that no "
    "spreadsheet takes it for a formula; xlsx as one sheet a table; parquet as one file a table.",
)
@db_option
@as_of_option
@click.option(
    "--format",
    "out_format",
    type=click.Choice(["jsonl", "csv", "xlsx", "parquet"]),
    required=True,
    help="格式 / format",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="文件，或 csv、parquet 的文件夹 / file, or folder for csv and parquet",
)
def command(db: str, as_of: datetime | None, out_format: str, out: Path) -> None:
    """Writes and says how much was written."""
    from db.store import open_store
    from pipeline.export import ExportFormat, export

    with open_store(db, create=False) as store:
        count = export(store, ExportFormat(out_format), out, as_of)
    click.echo(f"已写出 {count} 条 / wrote {count} entries: {out}", err=True)
