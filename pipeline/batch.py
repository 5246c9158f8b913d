"""Many files in a pool of processes that can be stopped one by one.

Whatever happens to a worker (a crash in a library, a page that never ends, memory that runs out)
becomes a named failure of the page it was at. The file is then read again without that page, and
the batch goes on.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from extractors.errors import EngineError
from normalizers.records import Extraction, Failure
from pipeline.failures import failed_file, timed_out, worker_died
from pipeline.options import Options
from pipeline.worker import Place, Read, WorkerContext, begin, read_noting_place

JOBS_PER_WORKER = 200
"""A worker is replaced after this many files, so that a leak in a library stays small."""
MAX_LOST_PAGES = 3
"""Pages of one file that may end a worker; with one more, the file is given up as a whole."""


def run_batch(
    paths: Sequence[Path], options: Options, workers: int, *, read: Read | None = None
) -> Iterator[Extraction]:
    """Reads files in parallel; results come as they finish.

    Args:
        paths: Files.
        options: How to read them.
        workers: Processes, at least 1.
        read: What reads a file; `process_document` unless given.

    Yields:
        One `Extraction` for each file.

    Raises:
        EngineError: The text engine is missing, so that no picture could be read; or no process
            can be started.
        FormDefinitionError: A definition is wrong.
    """
    batch = _Batch(paths, options, workers, read)
    try:
        while batch.hand_out():
            yield from batch.take_in()
    except BrokenProcessPool as error:
        raise EngineError(
            "读取进程无法启动，请检查可用内存后重试 / the reading processes cannot be started; "
            "see what they wrote, check the memory that is free, and try again",
            code="workers_failed",
        ) from error
    finally:
        batch.stop()


class _Batch:
    """Files by their index: those that wait, and those that the pool reads."""

    def __init__(
        self, paths: Sequence[Path], options: Options, workers: int, read: Read | None
    ) -> None:
        context = WorkerContext()
        self._paths = paths
        self._options = options
        self._read = read
        self._size = min(workers, len(paths))
        self._waiting = deque(range(len(paths)))
        self._running: dict[ProcessFuture[Extraction], int] = {}
        self._lost: defaultdict[int, dict[int, Failure]] = defaultdict(dict)
        self._places = context.RawArray(Place, len(paths))
        self._pool = ProcessPool(
            max_workers=self._size,
            max_tasks=JOBS_PER_WORKER,
            initializer=begin,
            initargs=(options.memory_mib, self._places),
            context=context,
        )

    def hand_out(self) -> bool:
        """Gives every idle worker a file; whether any is being read."""
        while self._waiting and len(self._running) < self._size:
            index = self._waiting.popleft()
            self._places[index] = Place(0, time.monotonic())
            task = (index, self._paths[index], self._options, self._lost[index], self._read)
            self._running[self._pool.schedule(read_noting_place, task)] = index
        return bool(self._running)

    def take_in(self) -> Iterator[Extraction]:
        """Waits for results or the end of patience; files that are finished."""
        patience = min(map(self._deadline, self._running.values())) - time.monotonic()
        done, _ = wait(self._running, timeout=max(0.0, patience), return_when=FIRST_COMPLETED)
        for future, index in list(self._running.items()):
            if future in done:
                finished = self._result(future, index)
            elif time.monotonic() >= self._deadline(index) and future.cancel():
                failure = timed_out(self._options.timeout_s, self._page(index))
                finished = self._without_page(index, failure)
            else:
                continue
            del self._running[future]
            if finished is not None:
                yield finished

    def stop(self) -> None:
        """Ends all workers."""
        self._pool.stop()
        self._pool.join()

    def _deadline(self, index: int) -> float:
        return self._places[index].since + self._options.timeout_s

    def _page(self, index: int) -> int | None:
        return self._places[index].page or None

    def _result(self, future: ProcessFuture[Extraction], index: int) -> Extraction | None:
        try:
            return future.result()
        except ProcessExpired as error:
            return self._without_page(index, worker_died(error.exitcode, self._page(index)))

    def _without_page(self, index: int, failure: Failure) -> Extraction | None:
        """Has a file read again without a page, unless too much of it is lost."""
        lost = self._lost[index]
        if failure.page is None or len(lost) == MAX_LOST_PAGES:
            return failed_file(self._paths[index], self._options, failure)
        lost[failure.page] = failure
        self._waiting.appendleft(index)
        return None
