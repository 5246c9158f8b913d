"""Which file was made how: what a measure may be broken down by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from samples.archive import Archive
from samples.declaration import Layout
from samples.printed_form import PrintedForm
from samples.scan import Level
from samples.truth import Truth

TRUTH_FILE = "truth.jsonl"
REGISTER_FILE = "register.jsonl"


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """How a file was made.

    Attributes:
        path: File, relative to the output folder.
        level: Kind of scan.
        seed: Its seed.
        pages: Pages in the file.
        rotation: Clockwise turn of its pages in degrees.
        declarations: Declarations in it.
        other_pages: Pages without a form, from 1.
        face: Typeface of the values; empty for archives, which mix them.
        size: Font size in points; 0 for archives.
        box: Drawing of an empty box.
        tick: Drawing of a mark.
        kinsoku: Whether lines keep closing punctuation off their starts.
    """

    path: str
    level: str
    seed: int
    pages: int
    rotation: int
    declarations: int = 1
    other_pages: tuple[int, ...] = ()
    face: str = ""
    size: float = 0.0
    box: str = ""
    tick: str = ""
    kinsoku: bool = False


def declaration_entry(
    path: Path, level: Level, seed: int, turn_deg: int, layout: Layout | PrintedForm
) -> RegisterEntry:
    """Entry of a single declaration."""
    style = layout.style
    return RegisterEntry(
        path=f"{level}/{path.name}",
        level=level,
        seed=seed,
        pages=layout.pages,
        rotation=turn_deg,
        face=style.text.value_face.name,
        size=style.text.size,
        box=style.mark.empty,
        tick=style.mark.tick,
        kinsoku=style.text.rules.kinsoku,
    )


def archive_entry(path: Path, level: Level, seed: int, archive: Archive) -> RegisterEntry:
    """Entry of a bound archive."""
    return RegisterEntry(
        path=f"{level}/{path.name}",
        level=level,
        seed=seed,
        pages=len(archive.other_pages) + sum(len(d.pages) for d in archive.declarations),
        rotation=0,
        declarations=len(archive.declarations),
        other_pages=archive.other_pages,
    )


def append_truths(folder: Path, truths: Iterable[Truth]) -> None:
    """Adds lines to the truth file of a folder."""
    with (folder / TRUTH_FILE).open("a", encoding="utf-8") as file:
        file.writelines(truth.as_line() + "\n" for truth in truths)


def write_register(out: Path, entries: Iterable[RegisterEntry]) -> None:
    """Writes the register of a run."""
    lines = [json.dumps(asdict(e), ensure_ascii=False) for e in entries]
    (out / REGISTER_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
