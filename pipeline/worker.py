"""A process that reads files one after another and says which page it is at.

A library that crashes, hangs or eats memory must cost a page, never the batch; so files are read
in processes that can be killed one by one. They are started as programs of their own: nothing of
the caller (threads, locks, an unguarded main module) is copied into them, and what a library
prints cannot get into the caller's output.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from extractors.errors import EngineError, FormDefinitionError, ShenbaoError
from normalizers.records import Extraction, Failure
from pipeline.options import Options

MIB = 1 << 20
LAST_BREATH_S = 10.0
"""Time in which a process that has closed its connection must be gone; it takes milliseconds."""
_PR_SET_PDEATHSIG = 1
"""From ``linux/prctl.h``: the signal a process gets when its parent ends."""
_PROGRAM = "import sys; from pipeline.worker import serve; serve(int(sys.argv[1]))"
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


@dataclass(frozen=True, slots=True)
class Begun:
    """What a worker does now; ``page`` is ``None`` for work on the file as a whole."""

    page: int | None


Message = Begun | Extraction | ShenbaoError


class Worker:
    """The caller's end of one process.

    Attributes:
        connection: Ready to be read when there is a message, or when the process has ended.
        job: File it reads; ``None`` while it is idle.
        page: Page it is at; ``None`` for work on the file as a whole.
        since: `time.monotonic` seconds at which it said so.
        jobs_begun: Files it was given.
    """

    def __init__(self, options: Options, read: Read, *, threads: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(threads),
            )
        self.connection = Connection(ours.detach())
        self.job: Job | None = None
        self.page: int | None = None
        self.since = 0.0
        self.jobs_begun = 0
        self._send((options, read))

    def begin(self, job: Job) -> None:
        """Gives it a file. A process that has ended is noticed at the next `receive`."""
        self.job, self.page, self.since = job, None, time.monotonic()
        self.jobs_begun += 1
        self._send(job)

    def receive(self) -> Message | None:
        """Its next message; waits for it. ``None`` where the process has ended."""
        try:
            message: Message = self.connection.recv()
        except (EOFError, OSError):
            return None
        if isinstance(message, Begun):
            self.page, self.since = message.page, time.monotonic()
        return message

    def stop(self) -> None:
        """Ends the process at once, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.wait()

    def return_code(self) -> int:
        """Of a process whose end of the connection is closed; negative: what signal ended it."""
        try:
            return self._process.wait(timeout=LAST_BREATH_S)
        except subprocess.TimeoutExpired:
            self.stop()
            return -signal.SIGKILL

    def _send(self, message: object) -> None:
        with suppress(OSError):
            self.connection.send(message)


def serve(descriptor: int) -> None:
    """The process's end: reads what it is given until the caller ends.

    Args:
        descriptor: Of the socket to the caller.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    connection = Connection(descriptor)
    with suppress(EOFError, BrokenPipeError):
        options, read = connection.recv()
        _limit(options)
        while True:
            connection.send(_read(read, options, connection.recv(), connection))


def _read(read: Read, options: Options, job: Job, connection: Connection) -> Message:
    def at_page(page: int | None) -> None:
        connection.send(Begun(page))

    try:
        return read(job.path, options, lost=job.lost, at_page=at_page)
    except (EngineError, FormDefinitionError) as error:
        return error


def _limit(options: Options) -> None:
    size = options.memory_mib * MIB
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _environment(threads: int) -> dict[str, str]:
    """The caller's, with its import path and at most ``threads`` threads for each library."""
    limits = dict.fromkeys(_THREAD_LIMITS, str(threads))
    return {**os.environ, **limits, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
