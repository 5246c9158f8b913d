"""Command: invented declarations with their truth, printed and scanned.

``python -m samples.generate --out DIR --seeds 0:30 [--levels digital,clean,office,photo]
[--half tune|measure]``. Even seeds are for tuning, odd ones for measuring only.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np

from samples.declaration import Layout, lay_out, paint
from samples.lexicon import chance, pick
from samples.painting import Painter
from samples.scan import Level, scan
from samples.truth import Truth
from samples.turning import turn_pdf
from samples.writing import choose_suffix, write_scan

TURNED_SHARE = 0.06
"""Share of files whose pages lie on their side or upside down."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """How a file was made: what a measure may be broken down by."""

    path: str
    level: str
    seed: int
    pages: int
    rotation: int
    face: str
    size: float
    box: str
    tick: str
    kinsoku: bool


def generator_for(seed: int, purpose: str) -> np.random.Generator:
    """An independent stream of chance for one purpose of one seed."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])


def print_declaration(seed: int) -> tuple[bytes, Layout]:
    """The born-digital file of a seed, and its layout."""
    rng = generator_for(seed, "print")
    layout = lay_out(rng)
    painter = Painter(rng)
    paint(painter, layout)
    return painter.output(), layout


def write_declaration(seed: int, levels: Iterable[Level], out: Path) -> list[RegisterEntry]:
    """Writes one declaration at the given levels; appends its truth to each level's file."""
    pdf, layout = print_declaration(seed)
    entries = []
    for level in levels:
        rng = generator_for(seed, level)
        turn = pick(rng, [90, 180, 270]) if chance(rng, TURNED_SHARE) else 0
        folder = out / level
        folder.mkdir(parents=True, exist_ok=True)
        name = f"decl_{seed:04d}"
        if level is Level.DIGITAL:
            path = folder / f"{name}.pdf"
            path.write_bytes(turn_pdf(pdf, turn) if turn else pdf)
        else:
            scanned = scan(pdf, level, rng, owner=layout.content.applicant, turn_deg=turn)
            path = folder / f"{name}{choose_suffix(level, scanned, rng)}"
            write_scan(path, scanned)
        truth = Truth(path.name, tuple(range(1, layout.pages + 1)), layout.values)
        with (folder / "truth.jsonl").open("a", encoding="utf-8") as file:
            file.write(truth.as_line() + "\n")
        entries.append(_entry(path, level, seed, turn, layout))
    return entries


def _entry(path: Path, level: Level, seed: int, turn: int, layout: Layout) -> RegisterEntry:
    style = layout.style
    return RegisterEntry(
        path=f"{level}/{path.name}", level=level, seed=seed, pages=layout.pages, rotation=turn,
        face=style.text.value_face.name, size=style.text.size, box=style.mark.empty,
        tick=style.mark.tick, kinsoku=style.text.rules.kinsoku,
    )


def chosen_seeds(seeds: str, half: str | None) -> list[int]:
    """Seeds of ``first:end`` (end excluded), of one half where asked.

    Raises:
        click.BadParameter: If the range is not two numbers with a colon between.
    """
    first, colon, end = seeds.partition(":")
    if not (colon and first.isdigit() and end.isdigit()):
        raise click.BadParameter(f"{seeds!r} is not a range such as 0:30", param_hint="--seeds")
    every = range(int(first), int(end))
    if half is None:
        return list(every)
    return [s for s in every if s % 2 == (0 if half == "tune" else 1)]


def clear_truth(out: Path, folders: Sequence[str]) -> None:
    """Removes truth files of an earlier run, so that none is appended to."""
    for folder in folders:
        (out / folder / "truth.jsonl").unlink(missing_ok=True)


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--seeds", default="0:30", show_default=True, help="first:end, end excluded")
@click.option("--levels", default=",".join(Level), show_default=True)
@click.option("--half", type=click.Choice(["tune", "measure"]), help="even or odd seeds only")
def main(out: Path, seeds: str, levels: str, half: str | None) -> None:
    """Writes invented declarations and their truth."""
    wanted = [Level(name) for name in levels.split(",")]
    clear_truth(out, wanted)
    entries = []
    for seed in chosen_seeds(seeds, half):
        entries += write_declaration(seed, wanted, out)
        click.echo(f"seed {seed}: {len(wanted)} files", err=True)
    lines = [json.dumps(asdict(e), ensure_ascii=False) for e in entries]
    (out / "register.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
