"""``shenbao extract``: reads files and prints what is in them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.cli.options import paths_argument, reading_options

if TYPE_CHECKING:
    from normalizers.records import Extraction


@click.command(
    name="extract",
    help="读文件或文件夹，打印结果，不碰数据库。\n\n"
    "Reads files or folders and prints one JSON object a line; touches no database.",
)
@paths_argument
@click.option(
    "--format",
    "out_format",
    type=click.Choice(["jsonl", "json"]),
    default="jsonl",
    show_default=True,
    help="每行一个对象，或一个数组 / an object a line, or one array",
)
@reading_options
def command(
    paths: tuple[Path, ...],
    out_format: str,
    engine: str,
    forms_dir: Path | None,
    executor: str,
    workers: int,
) -> None:
    """Prints records as they are read, so that a long batch can be piped."""
    from pipeline.executors import readings
    from pipeline.options import Options
    from shenbao.cli.reading import executor_named, exit_code, files_named, in_order

    options = Options(engine=engine, forms_dir=forms_dir)
    read = readings(options, executor=executor_named(executor), workers=workers)
    printer = _Printer(*(("[\n", ",\n", "\n]\n") if out_format == "json" else ("", "\n", "\n")))
    files = files_named(paths)
    printer.print_all(in_order(files, read(files)))
    sys.exit(exit_code(failures=printer.failures, successes=printer.files_read))


@dataclass(slots=True)
class _Printer:
    """Prints records between ``first``, ``between`` and ``last``, and counts."""

    first: str
    between: str
    last: str
    records: int = 0
    failures: int = 0
    files_read: int = 0

    def print_all(self, extractions: Iterable[Extraction]) -> None:
        _write(self.first.encode())
        for extraction in extractions:
            self._print_one(extraction)
        if self.records or self.first:
            _write(self.last.encode())

    def _print_one(self, extraction: Extraction) -> None:
        from pipeline.export import contract_objects, json_line
        from shenbao.cli.reading import failure_line

        self.failures += len(extraction.failures)
        self.files_read += not extraction.is_failed
        for record in contract_objects(extraction):
            line = json_line(record)
            _write((self.between.encode() if self.records else b"") + line.rstrip(b"\n"))
            self.records += 1
        for failure in extraction.failures:
            click.echo(failure_line(extraction.path, failure), err=True)


def _write(content: bytes) -> None:
    click.echo(content, nl=False)
