"""The suite that is measured: printed once, and again only when its generator has changed."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import samples
from samples.bound import write_archive
from samples.generate import write_declaration
from samples.printing import form_id, load_printing
from samples.register import REGISTER_FILE, TRUTH_FILE, write_register
from samples.scan import Level
from samples.truth import FORM_ID

GENERATOR = Path(samples.__file__).parent
STAMP_FILE = "stamp.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of files: single declarations, or archives, at one level.

    Attributes:
        level: Kind of scan.
        seeds: What is printed.
        bound: Declarations in each archive; ``None`` for single declarations.
        form: Layout that is printed: its id, or the path of its blocks.
    """

    level: Level
    seeds: tuple[int, ...]
    bound: int | None = None
    form: str = FORM_ID

    @property
    def name(self) -> str:
        """``office``, ``bound office``, or ``mof_2015 office`` for another than the home form."""
        kind = f"bound {self.level}" if self.bound else str(self.level)
        return kind if self.form == FORM_ID else f"{form_id(self.form)} {kind}"

    def folder(self, suite: Path) -> Path:
        """Where its files, truth and register lie."""
        return suite / self.name.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class SuiteFile:
    """A file of the suite.

    Attributes:
        path: Where it lies.
        pages: Pages in it.
        other_pages: Pages without a form, from 1.
    """

    path: Path
    pages: int
    other_pages: tuple[int, ...]


def print_suite(parts: Sequence[Part], suite: Path, *, workers: int) -> None:
    """Prints and scans what is not there yet.

    Args:
        parts: Wanted.
        suite: Folder of the suite.
        workers: Processes.
    """
    missing = [part for part in parts if not _is_there(part, suite)]
    if workers == 1 or len(missing) < 2:
        for part in missing:
            _print_part(part, suite)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(_print_part, part, suite) for part in missing]:
            done.result()


def files_of(part: Part, suite: Path) -> tuple[SuiteFile, ...]:
    """The files of a printed part, in the order of its register."""
    folder = part.folder(suite)
    lines = (folder / REGISTER_FILE).read_text("utf-8").splitlines()
    return tuple(
        SuiteFile(folder / entry["path"], entry["pages"], tuple(entry["other_pages"]))
        for entry in map(json.loads, lines)
    )


def truth_file(part: Part, suite: Path) -> Path:
    """JSON lines that say what a perfect reader prints for the part."""
    return part.folder(suite) / part.level / TRUTH_FILE


def generator_version() -> str:
    """SHA-256 over the generator's code and vocabulary, hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted([*GENERATOR.rglob("*.py"), *GENERATOR.rglob("*.yaml")]):
        digest.update(path.relative_to(GENERATOR).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _stamp(part: Part) -> str:
    return json.dumps([_version(part.form), part.level, part.bound, part.seeds, part.form])


def _version(form: str) -> str:
    """The generator's version; where a form has a definition to be printed by, with that."""
    if form == FORM_ID:
        return generator_version()
    printing = load_printing(form)
    content = printing.definition.model_dump_json() + repr(printing.layout)
    return generator_version() + hashlib.sha256(content.encode()).hexdigest()


def _is_there(part: Part, suite: Path) -> bool:
    stamp = part.folder(suite) / STAMP_FILE
    return stamp.is_file() and stamp.read_text("utf-8") == _stamp(part)


def _print_part(part: Part, suite: Path) -> None:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    folder = part.folder(suite)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    entries = []
    for seed in part.seeds:
        if part.bound:
            entries += write_archive(seed, part.bound, [part.level], folder)
        else:
            entries += write_declaration(seed, [part.level], folder, part.form)
    write_register(folder, entries)
    (folder / STAMP_FILE).write_text(_stamp(part), "utf-8")
