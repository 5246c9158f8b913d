"""Where files are read: in this process, or in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from normalizers.records import Extraction

if TYPE_CHECKING:
    from pipeline.options import Options

Readings = Callable[[Sequence[Path]], Iterator[Extraction]]
"""Reads files, in order or as they finish, one `Extraction` each."""


class Executor(StrEnum):
    """Ways to read many files."""

    SERIAL = "serial"
    POOL = "pool"


def readings(options: Options, *, executor: Executor, workers: int) -> Readings:
    """What reads files in the way that was chosen.

    Args:
        options: How each file is read.
        executor: ``serial`` reads in this process, where a library that crashes or hangs takes
            everything with it; ``pool`` is safe from that.
        workers: Processes of the pool, at least 1.
    """
    return partial(_serial if executor is Executor.SERIAL else _pool, options, workers)


def _serial(options: Options, workers: int, files: Sequence[Path]) -> Iterator[Extraction]:
    del workers
    from pipeline.document import process_document

    return (process_document(path, options) for path in files)


def _pool(options: Options, workers: int, files: Sequence[Path]) -> Iterator[Extraction]:
    from pipeline.batch import run_batch

    return run_batch(files, options, workers)
