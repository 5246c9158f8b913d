"""What ends the reading of a page or a file, as failures that say what to do next."""

from __future__ import annotations

import signal
from enum import StrEnum
from pathlib import Path

from extractors.errors import InputFileError
from normalizers.records import Extraction, Failure
from pipeline.discovery import sha256_of
from pipeline.options import EXTRACTOR_VERSION, Options


class ReadingProblem(StrEnum):
    """Codes of failures that are not the file's own (those are `FileProblem`)."""

    INTERNAL_ERROR = "internal_error"
    OUT_OF_MEMORY = "out_of_memory"
    TIMEOUT = "timeout"
    WORKER_DIED = "worker_died"


def failure_of(error: Exception, page: int | None = None) -> Failure:
    """The failure that an exception is for a page, or for a file as a whole.

    Args:
        error: What was raised.
        page: Page being read, counted from 1; ``None`` for the whole file.
    """
    if isinstance(error, InputFileError):
        return Failure(error.code, error.message, error.page if page is None else page)
    if isinstance(error, MemoryError):
        return Failure(
            ReadingProblem.OUT_OF_MEMORY,
            "内存不足，请拆分文件或降低扫描分辨率 / not enough memory; split the file or scan it "
            "at a lower resolution",
            page,
        )
    return Failure(
        ReadingProblem.INTERNAL_ERROR,
        f"程序内部错误，请附上此文件报告 / internal error, please report it with this file: "
        f"{type(error).__name__}: {error}",
        page,
    )


def timed_out(timeout_s: float, page: int | None) -> Failure:
    """A worker did not get on for ``timeout_s`` seconds and was stopped."""
    return Failure(
        ReadingProblem.TIMEOUT,
        f"超过 {timeout_s:g} 秒未读完，请拆分文件或重新扫描 / not read after {timeout_s:g} s; "
        "split the file or scan it again",
        page,
    )


def worker_died(returncode: int, page: int | None) -> Failure:
    """A worker ended by itself; a negative ``returncode`` is the signal that ended it."""
    cause = signal.Signals(-returncode).name if returncode < 0 else f"exit code {returncode}"
    return Failure(
        ReadingProblem.WORKER_DIED,
        f"读取进程意外退出，请用阅读器打开文件并另存后重试 / the reading process died; open the "
        f"file in a viewer and save it anew ({cause})",
        page,
    )


def failed_file(path: Path, options: Options, failure: Failure) -> Extraction:
    """The reading of a file of which nothing could be read.

    Its ``sha256`` is ``""`` where not even its bytes could be.
    """
    sha256 = sha256_of(path)
    return Extraction(
        path=str(path),
        sha256=sha256 or "",
        page_count=0,
        engine=options.engine,
        extractor_version=EXTRACTOR_VERSION,
        records=(failure,),
        byte_size=None if sha256 is None else path.stat().st_size,
    )
