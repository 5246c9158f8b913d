"""Many files in a pool of processes that can be stopped one by one.

Whatever happens to a worker (a crash in a library, a file that takes hours, memory that runs
out) becomes a named failure of that file, and the batch goes on.
"""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from extractors.errors import EngineError, FormDefinitionError
from normalizers.records import Extraction, Failure
from pipeline.document import EXTRACTOR_VERSION, process_document
from pipeline.options import Options

TASKS_PER_WORKER = 200
"""A worker is replaced after this many files, so that a leak in a library stays small."""
AHEAD = 4
"""Files handed out per worker before results are taken in; keeps the queue short and stoppable."""
MIB = 1 << 20


def run_batch(paths: Sequence[Path], options: Options, workers: int) -> Iterator[Extraction]:
    """Reads files in parallel; results come as they finish.

    Args:
        paths: Files.
        options: How to read them.
        workers: Processes, at least 1.

    Yields:
        One `Extraction` for each file.

    Raises:
        EngineError: The text engine is missing; no file could be read.
        FormDefinitionError: A definition is wrong.
    """
    waiting = iter(paths)
    running: dict[Future[Extraction], Path] = {}
    pool = ProcessPool(
        max_workers=workers,
        max_tasks=TASKS_PER_WORKER,
        initializer=_limit_memory,
        initargs=[options.memory_mib],
    )
    with pool:
        try:
            while True:
                for path in waiting:
                    task = pool.schedule(
                        process_document, args=(path, options), timeout=options.timeout_s
                    )
                    running[task] = path
                    if len(running) >= workers * AHEAD:
                        break
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for task in done:
                    yield _result(task, running.pop(task), options)
        finally:
            for task in running:
                task.cancel()
            pool.stop()


def _limit_memory(memory_mib: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib * MIB, memory_mib * MIB))


def _result(task: Future[Extraction], path: Path, options: Options) -> Extraction:
    try:
        return task.result()
    except (EngineError, FormDefinitionError):
        raise
    except TimeoutError:
        failure = Failure(
            "timeout",
            f"超过 {options.timeout_s:.0f} 秒未读完 / stopped after {options.timeout_s:.0f} s; "
            "split the file and try again",
        )
    except MemoryError:
        failure = Failure(
            "out_of_memory",
            f"内存超过 {options.memory_mib} MiB / needed more than {options.memory_mib} MiB; "
            "split the file or scan it at a lower resolution",
        )
    except ProcessExpired as error:
        failure = Failure(
            "worker_died",
            f"读取进程意外退出 ({error.exitcode}) / the reading process died; "
            "open the file in a viewer and save it anew",
        )
    except Exception as error:
        failure = Failure(
            "internal_error",
            f"程序内部错误，请附上此文件报告 / internal error, please report it with this file: "
            f"{type(error).__name__}: {error}",
        )
    return _failed(path, options, failure)


def _failed(path: Path, options: Options, failure: Failure) -> Extraction:
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    return Extraction(
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        page_count=0,
        engine=options.engine,
        extractor_version=EXTRACTOR_VERSION,
        records=(failure,),
    )
