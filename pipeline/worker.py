"""What runs in a worker process of a batch: its bounds, one file after another, the page it is at.

Workers start as fresh interpreters: of the caller's threads and locks nothing is copied (a forked
process hangs where the caller has used OpenCV with threads), and its main module, which need not
be guarded, is not run again. What a library prints cannot get into the caller's output.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import ClassVar

from extractors.errors import EngineError, FormDefinitionError
from normalizers.records import Extraction, Failure
from pipeline.options import Options

MIB = 1 << 20
_STDOUT = 1
"""Descriptor of POSIX."""
_PR_SET_PDEATHSIG = 1
"""From ``linux/prctl.h``: the signal a process gets when its parent ends."""
_THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")

Read = Callable[..., Extraction]
"""`pipeline.document.process_document`, or a stand-in with its arguments."""


class Place(ctypes.Structure):
    """Where the reading of a file is; in memory that the worker and its caller share.

    Attributes:
        page: Page being read, counted from 1; 0 for work on the file as a whole.
        since: `time.monotonic` seconds, of one clock for all processes, at which that began.
        all: One for each file of the batch, as a worker sees them.
    """

    all: ClassVar[ctypes.Array[Place]]
    page: int
    since: float
    _fields_ = (("page", ctypes.c_int), ("since", ctypes.c_double))


def begin(memory_mib: int, places: ctypes.Array[Place]) -> None:
    """Bounds this process, before it loads any library that reads.

    Args:
        memory_mib: Address space it may take.
        places: Shared memory.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, whatever a library is doing
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT)
    os.environ.update(dict.fromkeys(_THREAD_LIMITS, "1"))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mib * MIB, memory_mib * MIB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Place.all = places


def read_noting_place(
    index: int, path: Path, options: Options, lost: Mapping[int, Failure], read: Read | None
) -> Extraction:
    """Reads one file in a process that has begun.

    Any other error than those below leaves a process that is not to be trusted (memory ran out,
    for one), so that it ends, as if a library had crashed.

    Args:
        index: Of its place.
        path: File to read.
        options: How to read it.
        lost: Pages that ended a worker before, with the failure to report.
        read: Reads it; `process_document` unless given.

    Raises:
        EngineError: The text engine is missing; no picture could be read.
        FormDefinitionError: A definition is wrong.
    """
    place = Place.all[index]

    def at_page(page: int | None) -> None:
        place.since = time.monotonic()
        place.page = page or 0

    at_page(None)
    try:
        return (read or _process_document())(path, options, lost=lost, at_page=at_page)
    except (EngineError, FormDefinitionError):
        raise
    except BaseException:
        try:
            traceback.print_exc()
        finally:
            os._exit(1)


def _process_document() -> Read:
    from pipeline.document import process_document

    return process_document


class _Process(SpawnProcess):
    """A process that does not run the caller's main module again, and is deaf to Ctrl-C."""

    _one_at_a_time = threading.Lock()

    def start(self) -> None:
        """Starts it, with what it inherits changed meanwhile."""
        with self._one_at_a_time:
            main = sys.modules["__main__"]
            signals = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                super().start()
            finally:
                sys.modules["__main__"] = main
                signal.pthread_sigmask(signal.SIG_SETMASK, signals)


class WorkerContext(SpawnContext):
    """How the pool starts its processes."""

    Process = _Process
