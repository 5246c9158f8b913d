"""From the options of a command to a stream of readings."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from normalizers.records import Extraction, Failure

EXIT_SOME_FAILED = 1
EXIT_NOTHING_DONE = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read; the heavy rooms are imported when the first one is."""

    engine: str
    forms_dir: Path | None
    executor: str
    workers: int

    def __post_init__(self) -> None:
        """Refuses what is not there yet before anything is begun."""
        if self.executor == "ray":
            raise click.UsageError(
                "ray 尚不可用，请用 --executor pool / ray is not available yet; use --executor pool"
            )

    def read(self, files: Sequence[Path]) -> Iterator[Extraction]:
        """One `Extraction` for each file."""
        from pipeline.options import Options

        options = Options(engine=self.engine, forms_dir=self.forms_dir)
        if self.executor == "serial":
            from pipeline.document import process_document

            return (process_document(path, options) for path in files)
        from pipeline.batch import run_batch

        return run_batch(files, options, self.workers)


def in_order(files: Sequence[Path], extractions: Iterable[Extraction]) -> Iterator[Extraction]:
    """Readings that come as they finish, in the order of their files."""
    early: dict[str, Extraction] = {}
    waiting = iter([str(path) for path in files])
    expected = next(waiting, None)
    for extraction in extractions:
        early[extraction.path] = extraction
        while expected in early:
            yield early.pop(expected)
            expected = next(waiting, None)


def files_named(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files to read; ends the command where there is none."""
    from pipeline.discovery import discover

    files = discover(paths)
    if not files:
        click.echo("没有可读的文件 / no files found", err=True)
        sys.exit(EXIT_NOTHING_DONE)
    return files


def failure_line(path: str, failure: Failure) -> str:
    """``失败 / failed: path, page 3: message [code]``."""
    page = "" if failure.page is None else f", page {failure.page}"
    line = f"失败 / failed: {path}{page}: {failure.message} [{failure.code}]"
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def exit_code(*, failures: int, successes: int) -> int:
    """0 all well, 1 some failed, 3 nothing was done.

    Args:
        failures: Failed files and pages.
        successes: Files that were read.
    """
    if failures == 0:
        return 0
    return EXIT_SOME_FAILED if successes else EXIT_NOTHING_DONE
