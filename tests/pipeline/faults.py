"""Stand-ins for the reader of a file that fail as libraries fail; workers import them by name."""

import ctypes
import os
import signal
import time
from pathlib import Path

from extraction_samples import extraction

from extractors.errors import EngineError
from extractors.forms.raw import RawSkipped
from pipeline.discovery import sha256_of

PAGES = 5
DOZE_S = 1.5


def read_with_faults(path, options, *, lost, at_page):
    """Reads five pages; a file's name says what goes wrong, and on which page.

    ``crash_2`` crashes at page 2, ``crash_all`` at every page, ``hang_0`` before the first.
    """
    fault, _, where = path.stem.partition("_")
    if where == "0":
        FAULTS[fault](path)
    records = []
    for page in range(1, PAGES + 1):
        if page in lost:
            records.append(lost[page])
            continue
        at_page(page)
        if where in (str(page), "all"):
            FAULTS[fault](path)
        records.append(RawSkipped((page,), fault))
    at_page(None)
    return extraction(
        *records, path=str(path), sha256=sha256_of(path), page_count=PAGES,
        page_kinds=("picture",) * PAGES,
    )  # fmt: skip


def read_whole(path, options, *, lost, at_page):
    """Reads a file in no time, noting who read it, or slowly and alone, as its name says."""
    del options, lost, at_page
    with Path(os.environ["FAULTS_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{os.getpid()} {path.name}\n")
    if path.name.startswith("slow"):
        time.sleep(float(os.environ.get("FAULTS_SLEEP_S", "0")))
    return extraction(path=str(path), sha256=sha256_of(path))


def cannot_begin(memory_mib, places):
    del memory_mib, places
    os._exit(1)


def _crash(path):
    del path
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)


def _hang(path):
    """Keeps the interpreter's lock, as a library in an endless loop does."""
    del path
    ctypes.PyDLL(None).sleep(600)


def _eat(path):
    del path
    bytearray(8 << 30)  # zeros nobody touches: without a limit on address space, this succeeds


def _missing_engine(path):
    raise EngineError("没有识别引擎 / no engine", code="engine_missing", path=str(path))


def _chatter(path):
    print("a library that prints", path)


FAULTS = {
    "crash": _crash, "hang": _hang, "eat": _eat, "engine": _missing_engine, "chatter": _chatter,
    "exit": lambda path: os._exit(7), "good": lambda path: None,
    "doze": lambda path: time.sleep(DOZE_S),
}  # fmt: skip
