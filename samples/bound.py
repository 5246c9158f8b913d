"""Writing bound archives of a seed at the wanted levels."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from samples.archive import Archive, bind_archive
from samples.register import RegisterEntry, append_truths, archive_entry
from samples.scan import Level, scan
from samples.streams import generator_for
from samples.truth import Truth
from samples.writing import write_scan


def write_archive(seed: int, count: int, levels: Iterable[Level], out: Path) -> list[RegisterEntry]:
    """Writes one archive of ``count`` declarations at each level, and the truth about it."""
    archive = bind_archive(generator_for(seed, f"bound {count}"), count)
    entries = []
    for level in levels:
        folder = out / level
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"bound_{seed:04d}.pdf"
        if level is Level.DIGITAL:
            path.write_bytes(archive.pdf)
        else:
            rng = generator_for(seed, f"bound {level}")
            write_scan(path, scan(archive.pdf, level, rng, owner=archive.owner, turn_deg=0))
        append_truths(folder, truths_of(archive, path.name))
        entries.append(archive_entry(path, level, seed, archive))
    return entries


def truths_of(archive: Archive, path: str) -> list[Truth]:
    """The truth about each declaration of an archive."""
    return [Truth(path, d.pages, d.layout.values) for d in archive.declarations]
