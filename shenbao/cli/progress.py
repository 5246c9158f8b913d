"""The progress bar of commands that read files, and its summary table; all on stderr."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID


class Bar:
    """The progress bar as the batch sees it."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("读取 / reading", total=None)

    def begin(self, total: int) -> None:
        """``total`` files are to be seen to."""
        self._bar.update(self._task, total=total)

    def advance(self) -> None:
        """One file is seen to."""
        self._bar.advance(self._task)


def progress_bar(console: Console) -> Progress:
    """A bar with counts and the time left."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("剩余 / left"),
        TimeRemainingColumn(),
        console=console,
    )


def print_summary(console: Console, counts: Iterable[tuple[str, int]]) -> None:
    """Labels with their counts."""
    from rich.table import Table

    table = Table(title="汇总 / summary")
    table.add_column("")
    table.add_column("数量 / count", justify="right")
    for label, count in counts:
        table.add_row(label, str(count))
    console.print(table)
