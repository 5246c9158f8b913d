"""The Chinese typefaces of the machine, each with its face in its collection and its glyphs.

A collection holds Japanese, Korean and Chinese drawings of the same characters, and its first
face is Japanese in Noto's case: the face is therefore chosen by name, never by position.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

ROOT = Path("/usr/share/fonts")
"""Where Debian's font packages put their files."""


class MissingGlyphError(Exception):
    """No installed typeface draws all the characters of a text."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """One face of a font file.

    Attributes:
        name: Full name in the font's name table.
        file: Path below `ROOT`.
        package: Debian package that brings it.
    """

    name: str
    file: str
    package: str

    @property
    def path(self) -> Path:
        """The font file."""
        return ROOT / self.file


NOTO_SANS = Typeface("Noto Sans CJK SC", "opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk")
SYMBOLS = Typeface("DejaVu Sans", "truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core")
"""Draws ☐ ☑ ☒ ✓ ✔, which most Chinese faces lack."""

TYPEFACES = (
    NOTO_SANS,
    Typeface("Noto Serif CJK SC", "opentype/noto/NotoSerifCJK-Regular.ttc", "fonts-noto-cjk"),
    Typeface("WenQuanYi Zen Hei", "truetype/wqy/wqy-zenhei.ttc", "fonts-wqy-zenhei"),
    Typeface("WenQuanYi Micro Hei", "truetype/wqy/wqy-microhei.ttc", "fonts-wqy-microhei"),
    Typeface("AR PL SungtiL GB", "truetype/arphic-gbsn00lp/gbsn00lp.ttf", "fonts-arphic-gbsn00lp"),
    Typeface("AR PL KaitiM GB", "truetype/arphic-gkai00mp/gkai00mp.ttf", "fonts-arphic-gkai00mp"),
    Typeface("AR PL UMing CN", "truetype/arphic/uming.ttc", "fonts-arphic-uming"),
    Typeface("AR PL UKai CN", "truetype/arphic/ukai.ttc", "fonts-arphic-ukai"),
    Typeface("LXGW WenKai", "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai"),
)
HEAVY_TYPEFACES = (
    Typeface("Noto Sans CJK SC Bold", "opentype/noto/NotoSansCJK-Bold.ttc", "fonts-noto-cjk"),
    Typeface("Noto Serif CJK SC Bold", "opentype/noto/NotoSerifCJK-Bold.ttc", "fonts-noto-cjk"),
)
"""For titles and labels."""


@dataclass(frozen=True, slots=True)
class FaceMetrics:
    """What layout needs to know of a face.

    Attributes:
        face_index: Position in its collection; 0 for a single font.
        advances: Character code → advance width in em.
        ascent: Height above the baseline in em.
        descent: Depth below the baseline in em, positive.
    """

    face_index: int
    advances: dict[int, float]
    ascent: float
    descent: float

    def width(self, text: str) -> float:
        """Advance width of a text in em.

        Raises:
            MissingGlyphError: If a character has no glyph.
        """
        try:
            return sum(self.advances[ord(c)] for c in text)
        except KeyError as error:
            raise MissingGlyphError(f"no glyph for {chr(error.args[0])!r}") from error


def installed(faces: Iterable[Typeface]) -> tuple[Typeface, ...]:
    """Those whose files are on this machine."""
    return tuple(f for f in faces if f.path.exists())


@lru_cache(maxsize=32)
def metrics(face: Typeface) -> FaceMetrics:
    """Widths and face index of a typeface, found by its name.

    Raises:
        MissingGlyphError: If the file or the named face is not there.
    """
    if not face.path.exists():
        raise MissingGlyphError(f"{face.path} is missing: apt-get install {face.package}")
    index, faces = 0, 1
    while index < faces:
        with TTFont(face.path, fontNumber=index, lazy=True) as font:
            faces = getattr(font.reader, "numFonts", 1)
            if font["name"].getDebugName(4) == face.name:
                return _read(font, index)
        index += 1
    raise MissingGlyphError(f"{face.path} holds no face named {face.name}")


def _read(font: TTFont, index: int) -> FaceMetrics:
    em = font["head"].unitsPerEm
    widths = font["hmtx"].metrics
    advances = {code: widths[name][0] / em for code, name in font.getBestCmap().items()}
    header = font["hhea"]
    return FaceMetrics(index, advances, header.ascent / em, -header.descent / em)


def covering(faces: Iterable[Typeface], text: str) -> tuple[Typeface, ...]:
    """The installed faces that draw every character of the text.

    Raises:
        MissingGlyphError: If there is none.
    """
    needed = {ord(c) for c in text if c != "\n"}
    fit = tuple(f for f in installed(faces) if needed <= metrics(f).advances.keys())
    if not fit:
        raise MissingGlyphError(
            "no installed Chinese typeface draws the text: apt-get install fonts-noto-cjk"
        )
    return fit
