"""From the options of a command to a stream of readings."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unicodedata import category

import click

from normalizers.records import Extraction, Failure
from pipeline.executors import Executor

EXIT_SOME_FAILED = 1
EXIT_NOTHING_DONE = 3
_UNSHOWABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories of control characters, lone surrogates, line and paragraph separators."""


def executor_named(name: str) -> Executor:
    """The executor; refuses what is not there yet before anything is begun."""
    if name == "ray":
        raise click.UsageError(
            "ray 尚不可用，请用 --executor pool / ray is not available yet; use --executor pool"
        )
    return Executor(name)


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
    """``失败 / failed: path, page 3: message [code]``, on one line whatever the name holds."""
    page = "" if failure.page is None else f", page {failure.page}"
    return _on_one_line(f"失败 / failed: {path}{page}: {failure.message} [{failure.code}]")


def _on_one_line(text: str) -> str:
    """Line ends, control characters and undecodable bytes escaped."""
    return "".join(
        c.encode("unicode_escape").decode() if category(c) in _UNSHOWABLE else c for c in text
    )


def exit_code(*, failures: int, successes: int) -> int:
    """0 all well, 1 some failed, 3 nothing was done.

    Args:
        failures: Failed files and pages.
        successes: Files that were read.
    """
    if failures == 0:
        return 0
    return EXIT_SOME_FAILED if successes else EXIT_NOTHING_DONE
