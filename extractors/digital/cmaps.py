"""Fonts whose encoding is a CMap embedded in the file, which pdfminer reads as no text at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.cmapdb import CMapBase
from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream

MAX_CODES = 65_536 * 2
"""Codes one CMap may map; no font has more glyphs than 16 bits can count."""
_CODE_SPACE = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.S)
_CHARACTERS = re.compile(rb"begincidchar(.*?)endcidchar", re.S)
_RANGES = re.compile(rb"begincidrange(.*?)endcidrange", re.S)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*(\d+)")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\d+)")
_VERTICAL = re.compile(rb"/WMode\s+1\b")


class EmbeddedCMap(CMapBase):
    """A CMap of the file: byte strings to codes, codes to glyph numbers (CIDs).

    Args:
        data: The CMap's PostScript text.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._spaces = [
            (len(low) // 2, int(low, 16), int(high, 16))
            for block in _CODE_SPACE.findall(data)
            for low, high in _PAIR.findall(block)
        ] or [(2, 0, 0xFFFF)]
        self._vertical = _VERTICAL.search(data) is not None
        self.cids: dict[int, int] = {}
        for block in _RANGES.findall(data):
            for low, high, cid in _RANGE.findall(block):
                first, last = int(low, 16), int(high, 16)
                if last - first < MAX_CODES - len(self.cids):
                    self.cids.update({c: int(cid) + c - first for c in range(first, last + 1)})
        for block in _CHARACTERS.findall(data):
            self.cids.update({int(c, 16): int(cid) for c, cid in _CHARACTER.findall(block)})

    def is_vertical(self) -> bool:
        """Whether text runs downwards."""
        return self._vertical

    def decode(self, code: bytes) -> Iterator[int]:
        """Codes of a string, each as long as its code space says."""
        at = 0
        shortest = min(size for size, _, _ in self._spaces)
        while at < len(code):
            size = next(
                (
                    size
                    for size, low, high in sorted(self._spaces)
                    if low <= int.from_bytes(code[at : at + size]) <= high
                ),
                shortest,
            )
            yield int.from_bytes(code[at : at + size])
            at += size


class FontResources(PDFResourceManager):
    """pdfminer's store of fonts, with embedded CMaps understood."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of a specification."""
        font = super().get_font(objid, spec)
        encoding = spec.get("Encoding")
        if isinstance(font, PDFCIDFont) and isinstance(encoding, PDFStream):
            cmap = EmbeddedCMap(encoding.get_data())
            if cmap.cids:
                _recode(font, cmap, has_map="ToUnicode" in spec)
        return font


class _UnicodeByCode:
    """A map from CIDs to Unicode, asked by code."""

    def __init__(self, inner: Any, cids: Mapping[int, int]) -> None:
        self._inner = inner
        self._cids = cids

    def get_unichr(self, code: int) -> str:
        """The character of a code."""
        return str(self._inner.get_unichr(self._cids.get(code, 0)))


def _recode(font: Any, cmap: EmbeddedCMap, *, has_map: bool) -> None:
    """Makes a font answer by code: ``ToUnicode`` is keyed by it, widths and places are not."""
    font.cmap = cmap
    font.widths = {c: font.widths[cid] for c, cid in cmap.cids.items() if cid in font.widths}
    font.disps = {c: font.disps[cid] for c, cid in cmap.cids.items() if cid in font.disps}
    if font.unicode_map is not None and not has_map:
        font.unicode_map = _UnicodeByCode(font.unicode_map, cmap.cids)
