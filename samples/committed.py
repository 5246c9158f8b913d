"""The few small samples that are committed beside the code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from samples.archive import Binder, bind_archive
from samples.bound import truths_of
from samples.declaration import Layout, lay_out, paint
from samples.degrade.sensor import to_bilevel
from samples.hidden_text import hidden_text_pdf
from samples.markup import as_markup
from samples.painting import Painter
from samples.register import TRUTH_FILE, append_truths
from samples.scan import Level, ScannedPages, scan
from samples.streams import generator_for
from samples.truth import Truth
from samples.writing import write_scan

COMMITTED = Path(__file__).parent / "committed"
SEEDS = (18, 31, 12)
SHORT = 0.25
"""Length of the long texts, so that files stay small."""
QUALITY = {Level.CLEAN: 30, Level.OFFICE: 30, Level.PHOTO: 25}
"""JPEG qualities, so that files stay small."""
BILEVEL = {(18, Level.CLEAN), (31, Level.CLEAN), (12, Level.CLEAN), (31, Level.OFFICE)}
"""Scans kept in black and white, so that files stay small."""
ARCHIVE_COUNT = 5
BILEVEL_THRESHOLD = 0.82


def write_committed(out: Path) -> None:
    """Writes every committed sample and the truth about them."""
    out.mkdir(parents=True, exist_ok=True)
    (out / TRUTH_FILE).unlink(missing_ok=True)
    for seed in SEEDS:
        pdf, layout = _short_declaration(seed)
        _write_levels(out, seed, pdf, layout)
    _write_archive(out)
    _write_text(out)
    _write_hidden_text(out)
    cover = Binder(generator_for(0, "committed cover")).bind_cover_only()
    (out / "cover_only.pdf").write_bytes(cover)


def _short_declaration(seed: int) -> tuple[bytes, Layout]:
    rng = generator_for(seed, "committed")
    layout = lay_out(rng, SHORT)
    painter = Painter(rng)
    paint(painter, layout)
    return painter.output(), layout


def _bilevel(scanned: ScannedPages) -> ScannedPages:
    bits = tuple(to_bilevel(page, BILEVEL_THRESHOLD) for page in scanned.pages)
    return ScannedPages(bits, scanned.dpi, bilevel=True, grey=True)


def _pages(layout: Layout) -> tuple[int, ...]:
    return tuple(range(1, layout.pages + 1))


def _write_levels(out: Path, seed: int, pdf: bytes, layout: Layout) -> None:
    digital = out / f"decl_{seed:02d}_digital.pdf"
    digital.write_bytes(pdf)
    append_truths(out, [Truth(digital.name, _pages(layout), layout.values)])
    for level, quality in QUALITY.items():
        rng = generator_for(seed, f"committed {level}")
        scanned = scan(pdf, level, rng, owner=layout.content.applicant, turn_deg=0)
        if (seed, level) in BILEVEL:
            scanned = _bilevel(scanned)
        elif not scanned.bilevel:
            scanned = replace(scanned, quality=quality)
        path = out / f"decl_{seed:02d}_{level}{'.tif' if scanned.bilevel else '.pdf'}"
        write_scan(path, scanned)
        append_truths(out, [Truth(path.name, _pages(layout), layout.values)])


def _write_archive(out: Path) -> None:
    archive = bind_archive(generator_for(1, "committed archive"), ARCHIVE_COUNT, SHORT)
    rng = generator_for(1, "committed archive scanned")
    scanned = scan(archive.pdf, Level.OFFICE, rng, owner=archive.owner, turn_deg=0)
    path = out / "archive_office.tif"
    write_scan(path, _bilevel(scanned))
    append_truths(out, truths_of(archive, path.name))


def _write_text(out: Path) -> None:
    path = out / "decl_text.md"
    layout = lay_out(generator_for(2, "committed text"), SHORT)
    path.write_text(as_markup(layout), encoding="utf-8")
    append_truths(out, [Truth(path.name, (1,), layout.values)])


def _write_hidden_text(out: Path) -> None:
    pdf, layout = _short_declaration(SEEDS[0])
    rng = generator_for(SEEDS[0], "committed hidden")
    scanned = scan(pdf, Level.OFFICE, rng, owner=layout.content.applicant, turn_deg=0)
    path = out / "decl_hidden_text.pdf"
    path.write_bytes(hidden_text_pdf(layout, _bilevel(scanned), rng))
    append_truths(out, [Truth(path.name, _pages(layout), layout.values)])
