"""Command: the picture of the README, a scan beside the record it became.

``python -m bench.picture SCAN OUT`` reads the first page of a file and draws the box of every
value over the page, in the colour of the value's line in the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
from PIL import Image, ImageDraw, ImageFont

from extractors.files.limits import DEFAULT_LIMITS
from extractors.files.source import open_source
from normalizers.contract_json import to_contract
from pipeline.document import process_document
from pipeline.options import Options
from samples.fonts import HEAVY_TYPEFACES, NOTO_SANS, SYMBOLS, Typeface, metrics

PAGE_WIDTH, RECORD_WIDTH, MARGIN = 860, 700, 24
"""Pixels."""
SIZE = 18
MIN_LEADING = 26
"""Font size and least distance of lines in the record, pixels."""
SHOWN = (0.105, 0.565)
"""Part of the page's height that is shown: from the title to the first indicators."""
SHOWN_WIDTH = (0.1, 0.91)
COLOURS = (
    "#1f77b4", "#d1495b", "#2a9d55", "#8e5bb5", "#d97b13", "#0d8f9c", "#b0427f", "#5b7f1c",
)  # fmt: skip
INK, GREY, PAPER, DOUBT = "#1d2430", "#7a8391", "#fbfbf9", "#c2410c"
PALETTE_COLOURS = 192
"""Enough for the scan's greys and the boxes; keeps the file small."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record.

    Attributes:
        key: Field, or field and row.
        text: Its value.
        note: What was printed, where that differs.
        paths: Values whose boxes belong to it.
        doubts: Codes of its review entries.
    """

    key: str
    text: str
    note: str
    paths: tuple[str, ...]
    doubts: tuple[str, ...]


def record_lines(record: Record) -> Iterator[Line]:
    """The record in print order, one line a field, a group of options, or a row."""
    for key, value in record["values"].items():
        if isinstance(value, dict):
            yield _line(record, key, _options(value), tuple(f"{key}/{o}" for o in value))
        elif isinstance(value, list):
            for index, row in enumerate(value):
                columns = {f"{key}/{index}/{c}": v for c, v in row.items() if c != "parsed"}
                cells = " · ".join(str(v) for v in columns.values() if v)
                yield _line(record, f"{key}/{index}", cells.replace("\n", " "), tuple(columns))
        else:
            raw = (record["evidence"].get(key) or {}).get("raw") or ""
            text = "null" if value is None else str(value).replace("\n", " ")
            note = "" if raw.replace("\n", " ") == text else raw
            yield _line(record, key, text, (key,), note)


def _options(states: dict[str, bool | None]) -> str:
    """Marked and unclear options by name, empty ones by number."""
    named = [f"{'☑' if s else '?'} {option}" for option, s in states.items() if s is not False]
    return "   ".join([*named, f"☐ × {sum(s is False for s in states.values())}"])


def _line(record: Record, key: str, text: str, paths: tuple[str, ...], note: str = "") -> Line:
    doubts = (entry["code"] for entry in record["review"] if entry["path"] in {key, *paths})
    return Line(key, text, note, paths, tuple(dict.fromkeys(doubts)))


def draw(record: Record, page: Image.Image) -> Image.Image:
    """The page with its boxes on the left, the record on the right.

    Args:
        record: A ``declaration`` as `shenbao extract` prints it.
        page: Its first page, upright.
    """
    lines = [line for line in record_lines(record) if _boxes(record, line)]
    colours = {line.key: COLOURS[i % len(COLOURS)] for i, line in enumerate(lines)}
    scan = _scan_with_boxes(page, record, lines, colours)
    leading = max(MIN_LEADING, scan.height // max(len(lines), 1))
    height = max(scan.height, len(lines) * leading) + 2 * MARGIN
    picture = Image.new("RGB", (PAGE_WIDTH + RECORD_WIDTH + 3 * MARGIN, height), PAPER)
    picture.paste(scan, (MARGIN, MARGIN))
    _draw_record(picture, lines, colours, leading)
    return picture


def _boxes(record: Record, line: Line) -> list[tuple[float, float, float, float]]:
    """Boxes of a line's values that the shown part of the first page holds."""
    proofs = [record["evidence"].get(path) for path in line.paths]
    boxes = [tuple(p["bbox"]) for p in proofs if p and p["bbox"] and p["page"] == 1]
    return [b for b in dict.fromkeys(boxes) if SHOWN[0] <= b[1] and b[3] <= SHOWN[1]]


def _scan_with_boxes(
    page: Image.Image, record: Record, lines: list[Line], colours: dict[str, str]
) -> Image.Image:
    x0, x1 = (round(x * page.width) for x in SHOWN_WIDTH)
    y0, y1 = (round(y * page.height) for y in SHOWN)
    scale = PAGE_WIDTH / (x1 - x0)
    scan = page.crop((x0, y0, x1, y1)).resize((PAGE_WIDTH, round((y1 - y0) * scale)))
    veil = Image.new("RGBA", scan.size)
    pen = ImageDraw.Draw(veil)
    for line in lines:
        for left, top, right, bottom in _boxes(record, line):
            corners = [
                ((left * page.width - x0) * scale - 2, (top * page.height - y0) * scale - 2),
                ((right * page.width - x0) * scale + 2, (bottom * page.height - y0) * scale + 2),
            ]
            pen.rounded_rectangle(
                corners, 3, fill=f"{colours[line.key]}30", outline=colours[line.key], width=2
            )
    return Image.alpha_composite(scan.convert("RGBA"), veil).convert("RGB")


def _draw_record(
    picture: Image.Image, lines: list[Line], colours: dict[str, str], leading: int
) -> None:
    pen = ImageDraw.Draw(picture)
    left, right = PAGE_WIDTH + 2 * MARGIN, picture.width - MARGIN
    y = MARGIN
    for line in lines:
        pen.rounded_rectangle(
            [(left, y + 3), (left + 6, y + MIN_LEADING - 1)], 3, colours[line.key]
        )
        pen.text((left + 16, y), line.key, colours[line.key], _font(HEAVY_TYPEFACES[0], SIZE - 2))
        x = left + 200
        note = f"“{line.note}”" if line.note else ""
        note += "".join(f"  ⚑ {doubt}" for doubt in line.doubts)
        room = right - x - _width(note, SIZE - 4) - (12 if note else 0)
        text = _fitted(line.text, room)
        _write(pen, (x, y), text, INK, SIZE)
        if note:
            colour = DOUBT if line.doubts else GREY
            _write(pen, (x + _width(text, SIZE) + 12, y + 3), note, colour, SIZE - 4)
        y += leading


def _fitted(text: str, room: float) -> str:
    if _width(text, SIZE) <= room:
        return text
    while text and _width(text + "…", SIZE) > room:
        text = text[:-1]
    return text + "…"


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str, size: int
) -> None:
    x, y = at
    for character in text:
        pen.text((x, y), character, colour, _font(_face(character), size))
        x += _width(character, size)


def _width(text: str, size: int) -> float:
    return sum(_font(_face(c), size).getlength(c) for c in text)


def _face(character: str) -> Typeface:
    return NOTO_SANS if ord(character) in metrics(NOTO_SANS).advances else SYMBOLS


@cache
def _font(face: Typeface, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.path, size, index=metrics(face).face_index)


@click.command()
@click.argument("scan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--record", type=click.Path(path_type=Path, exists=True), help="already extracted")
def main(scan: Path, out: Path, record: Path | None) -> None:
    """Draws the first declaration of SCAN to OUT."""
    if record is not None:
        found = json.loads(record.read_text("utf-8").splitlines()[0])
    else:
        extraction = process_document(scan, Options())
        found = to_contract(extraction.records[0], extraction)
    source = open_source(scan, DEFAULT_LIMITS)
    page = Image.fromarray(source.page(1).render().pixels)
    source.close()
    picture = draw(found, page).quantize(PALETTE_COLOURS, dither=Image.Dither.NONE)
    picture.save(out, optimize=True)


if __name__ == "__main__":
    main()
