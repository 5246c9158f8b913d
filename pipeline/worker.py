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
from dataclasses import dataclass, field
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType

from extractors.errors import EngineError, FormDefinitionError
from normalizers.records import Extraction, Failure
from pipeline.options import Options

MIB = 1 << 20
STDOUT = 1
"""Descriptor of POSIX."""
_PR_SET_PDEATHSIG = 1
"""From ``linux/prctl.h``: the signal a process gets when its parent ends."""
_THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")

Read = Callable[..., Extraction]
"""`pipeline.document.process_document`, or a stand-in with its arguments."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read.

    Attributes:
        path: The file.
        lost: Pages that ended a worker before, with the failure to report.
    """

    path: Path
    lost: Mapping[int, Failure] = field(default_factory=dict)


class Place(ctypes.Structure):
    """Where the reading of a file is; in memory that the worker and its caller share.

    Attributes:
        page: Page being read, counted from 1; 0 for work on the file as a whole.
        since: `time.monotonic` seconds, of one clock for all processes, at which that began.
    """

    page: int
    since: float
    _fields_ = (("page", ctypes.c_int), ("since", ctypes.c_double))


class _Here:
    """What this process was given when it started."""

    options: Options
    places: ctypes.Array[Place]
    read: Read


_here = _Here()


def begin(options: Options, places: ctypes.Array[Place], read: Read | None) -> None:
    """Bounds this process, and loads what reads files.

    Args:
        options: How to read files.
        places: Shared memory.
        read: Reads a file; `process_document` unless given.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, whatever a library is doing
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
    os.environ.update(dict.fromkeys(_THREAD_LIMITS, "1"))
    size = options.memory_mib * MIB
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _here.options, _here.places, _here.read = options, places, read or _process_document()


def _process_document() -> Read:
    """Loads the engines, which heed limits on threads only if these are set before."""
    from pipeline.document import process_document

    return process_document


def read_job(job: Job, slot: int) -> Extraction:
    """Reads one file in a process that has begun.

    Any other error than those below is none of the file's, so that what is left of this process
    is not to be trusted (memory ran out, for one): it ends, as if a library had crashed.

    Args:
        job: The file.
        slot: Index of its place.

    Raises:
        EngineError: The text engine is missing; no picture could be read.
        FormDefinitionError: A definition is wrong.
    """
    place = _here.places[slot]

    def at_page(page: int | None) -> None:
        place.since = time.monotonic()
        place.page = page or 0

    at_page(None)
    try:
        return _here.read(job.path, _here.options, lost=job.lost, at_page=at_page)
    except (EngineError, FormDefinitionError):
        raise
    except BaseException:
        try:
            traceback.print_exc()
        finally:
            os._exit(1)


class _Process(SpawnProcess):
    """A process that does not run the caller's main module again."""

    _swap = threading.Lock()

    def start(self) -> None:
        """Starts it; what it would import as the main module is empty meanwhile."""
        with self._swap:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                super().start()
            finally:
                sys.modules["__main__"] = main


class WorkerContext(SpawnContext):
    """How the pool starts its processes."""

    Process = _Process
