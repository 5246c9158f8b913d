"""Many files in processes that can be stopped one by one.

Whatever happens to a worker (a crash in a library, a page that never ends, memory that runs out)
becomes a named failure of the page it was at. The file is then read again without that page, and
the batch goes on.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import Path

from extractors.errors import ShenbaoError
from normalizers.records import Extraction, Failure
from pipeline.document import process_document
from pipeline.failures import failed_file, timed_out, worker_died
from pipeline.options import Options
from pipeline.worker import Begun, Job, Read, Worker

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
        EngineError: The text engine is missing; no picture could be read.
        FormDefinitionError: A definition is wrong.
    """
    batch = _Batch(paths, options, workers, read or process_document)
    try:
        while batch.hand_out():
            yield from batch.take_in()
    finally:
        batch.stop()


class _Batch:
    """Files that wait, and the workers that read them."""

    def __init__(self, paths: Sequence[Path], options: Options, workers: int, read: Read) -> None:
        self._waiting = deque(Job(path) for path in paths)
        self._options = options
        self._read = read
        self._size = workers
        self._threads = max(1, (os.cpu_count() or 1) // workers)
        self._workers: list[Worker] = []

    def hand_out(self) -> bool:
        """Gives every idle worker a file; whether any is being read."""
        for worker in self._workers:
            if worker.job is None and self._waiting:
                worker.begin(self._waiting.popleft())
        while self._waiting and len(self._workers) < self._size:
            worker = Worker(self._options, self._read, threads=self._threads)
            self._workers.append(worker)
            worker.begin(self._waiting.popleft())
        return any(worker.job is not None for worker in self._workers)

    def take_in(self) -> Iterator[Extraction]:
        """Waits for messages or the end of patience; files that are finished."""
        busy = {w.connection: w for w in self._workers if w.job is not None}
        patience = min(w.since for w in busy.values()) + self._options.timeout_s
        ready = wait(list(busy), timeout=max(0.0, patience - time.monotonic()))
        for connection, worker in busy.items():
            if connection in ready:
                finished = self._hear(worker)
            elif time.monotonic() - worker.since >= self._options.timeout_s:
                finished = self._end(worker, timed_out(self._options.timeout_s, worker.page))
            else:
                finished = None
            if finished is not None:
                yield finished

    def stop(self) -> None:
        """Ends all workers."""
        for worker in self._workers:
            worker.stop()

    def _hear(self, worker: Worker) -> Extraction | None:
        message = worker.receive()
        if message is None:
            return self._end(worker, worker_died(worker.return_code(), worker.page))
        if isinstance(message, ShenbaoError):
            raise message
        if isinstance(message, Begun):
            return None
        worker.job = None
        if worker.jobs_begun >= JOBS_PER_WORKER:
            self._dismiss(worker)
        return message

    def _end(self, worker: Worker, failure: Failure) -> Extraction | None:
        """Ends a worker that failed; its file waits again unless too much of it is lost."""
        job = worker.job
        self._dismiss(worker)
        if job is None:
            return None
        if failure.page is not None and len(job.lost) < MAX_LOST_PAGES:
            self._waiting.appendleft(Job(job.path, {**job.lost, failure.page: failure}))
            return None
        return failed_file(job.path, self._options, failure)

    def _dismiss(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.stop()
