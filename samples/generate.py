"""Command: invented declarations with their truth, printed and scanned.

``python -m samples.generate --out DIR --seeds 0:30 [--levels digital,clean,office,photo]
[--half tune|measure] [--bound N] [--form ID]``, or ``--committed`` to make anew what is committed.
Even seeds are for tuning, odd ones for measuring only.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import click

from samples.bound import write_archive
from samples.committed import COMMITTED, write_committed
from samples.declaration import Layout, lay_out, paint
from samples.lexicon import chance, pick
from samples.markup import as_markup
from samples.painting import Painter
from samples.printed_form import PrintedForm, lay_out_form, paint_form
from samples.printing import FormName, form_id, load_printing
from samples.register import (
    TRUTH_FILE,
    RegisterEntry,
    append_truths,
    declaration_entry,
    write_register,
)
from samples.scan import Level, scan
from samples.streams import generator_for
from samples.truth import FORM_ID, Truth
from samples.turning import turn_pdf
from samples.writing import choose_suffix, write_scan

TURNED_SHARE = 0.06
"""Share of files whose pages lie on their side or upside down."""
DEFAULT_LEVELS = (Level.DIGITAL, Level.CLEAN, Level.OFFICE, Level.PHOTO)


def print_form(seed: int, form: str) -> tuple[bytes, Layout | PrintedForm]:
    """The born-digital file of a seed of any form, and its layout."""
    if form == FORM_ID:
        return print_declaration(seed)
    printing = load_printing(form)
    rng = generator_for(seed, f"print {printing.definition.id}")
    printed = lay_out_form(rng, printing)
    painter = Painter(rng)
    paint_form(painter, printed)
    return painter.output(), printed


def print_declaration(seed: int) -> tuple[bytes, Layout]:
    """The born-digital file of a seed of the home form, and its layout."""
    rng = generator_for(seed, "print")
    layout = lay_out(rng)
    painter = Painter(rng)
    paint(painter, layout)
    return painter.output(), layout


def write_declaration(
    seed: int, levels: Iterable[Level], out: Path, form: str = FORM_ID
) -> list[RegisterEntry]:
    """Writes one declaration at the given levels; appends its truth to each level's file."""
    pdf, layout = print_form(seed, form)
    entries = []
    for level in levels:
        folder = out / level
        folder.mkdir(parents=True, exist_ok=True)
        path, turn = _write_level(folder / f"decl_{seed:04d}", seed, level, pdf, layout)
        pages = (1,) if level is Level.TEXT else tuple(range(1, layout.pages + 1))
        append_truths(folder, [Truth(path.name, pages, layout.values, form_id(form))])
        entries.append(declaration_entry(path, level, seed, turn, layout))
    return entries


def _write_level(
    stem: Path, seed: int, level: Level, pdf: bytes, layout: Layout | PrintedForm
) -> tuple[Path, int]:
    """Writes one level's file; returns its path and the turn of its pages."""
    rng = generator_for(seed, level)
    if level is Level.TEXT and isinstance(layout, Layout):
        path = stem.with_suffix(".md")
        path.write_text(as_markup(layout), encoding="utf-8")
        return path, 0
    turn = pick(rng, [90, 180, 270]) if chance(rng, TURNED_SHARE) else 0
    if level is Level.DIGITAL:
        path = stem.with_suffix(".pdf")
        path.write_bytes(turn_pdf(pdf, turn) if turn else pdf)
        return path, turn
    scanned = scan(pdf, level, rng, owner=layout.owner, turn_deg=turn)
    path = stem.with_suffix(choose_suffix(level, scanned, rng))
    write_scan(path, scanned)
    return path, turn


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


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seeds", default="0:30", show_default=True, help="first:end, end excluded")
@click.option("--levels", default=",".join(DEFAULT_LEVELS), show_default=True)
@click.option("--half", type=click.Choice(["tune", "measure"]), help="even or odd seeds only")
@click.option("--bound", type=click.IntRange(min=1), help="archives of so many declarations")
@click.option(
    "--form",
    type=FormName(),
    default=FORM_ID,
    show_default=True,
    help="id, or a file of blocks as in samples/layouts",
)
@click.option("--committed", is_flag=True, help="make the committed samples anew")
def main(
    out: Path | None,
    seeds: str,
    levels: str,
    half: str | None,
    bound: int | None,
    form: str,
    committed: bool,
) -> None:
    """Writes invented declarations and their truth."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    if committed:
        write_committed(out or COMMITTED)
        return
    if out is None:
        raise click.UsageError("--out is missing: name the folder to write to")
    wanted = [Level(name) for name in levels.split(",")]
    if form != FORM_ID and (bound or Level.TEXT in wanted):
        raise click.UsageError(f"archives and text are made of {FORM_ID} only; leave out --form")
    for level in wanted:
        (out / level / TRUTH_FILE).unlink(missing_ok=True)
    entries = []
    for seed in chosen_seeds(seeds, half):
        if bound:
            entries += write_archive(seed, bound, wanted, out)
        else:
            entries += write_declaration(seed, wanted, out, form)
        click.echo(f"seed {seed}: {len(wanted)} files", err=True)
    write_register(out, entries)


if __name__ == "__main__":
    main()
