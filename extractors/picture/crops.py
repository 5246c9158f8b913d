"""Cuts lines of print out of a straight page, at the resolution of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Crop
from extractors.picture.boxes import Box
from extractors.picture.lines import LineBox

PAD_HEIGHT_EM = 0.12
PAD_WIDTH_EM = 0.25
"""Paper left around a line; recognizers were trained on crops with about this much."""
FULL_LINE_EM = 1.12
"""Lowest crop: a lone 0 that fills its crop is read as the letter O."""
TICK_REACH = 0.9
"""A tick may run out of its box by this share of the box's size."""


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts crops from one page.

    Attributes:
        pixels: uint8 (H, W), grey, straight page.
        print_mask: uint8, printed pixels at the working resolution.
        scale: Working pixels per pixel of ``pixels``.
        em: Text height, working pixels.
    """

    pixels: NDArray[np.uint8]
    print_mask: NDArray[np.uint8]
    scale: float
    em: float

    def reach(self, line: LineBox, limits: LineBox) -> tuple[float, float]:
        """Left and right edge of the crop of a line, working pixels."""
        pad = PAD_WIDTH_EM * self.em
        return max(line.x0 - pad, limits.x0), min(line.x1 + pad, limits.x1)

    def cut(self, line: LineBox, limits: LineBox) -> Crop:
        """The line with a little paper around it, never beyond ``limits``."""
        pad_y = PAD_HEIGHT_EM * self.em
        x0, x1 = self.reach(line, limits)
        pad_y = max(pad_y, (FULL_LINE_EM * self.em - line.height) / 2)
        y0, y1 = max(line.y0 - pad_y, limits.y0), min(line.y1 + pad_y, limits.y1)
        rows = slice(max(round(y0 / self.scale), 0), max(round(y1 / self.scale), 1))
        columns = slice(max(round(x0 / self.scale), 0), max(round(x1 / self.scale), 1))
        return self.pixels[rows, columns]

    def cut_beside(self, piece: LineBox, limits: LineBox, boxes: Sequence[Box]) -> Crop:
        """Like `cut`, with the ticks that run out of neighbouring boxes painted over."""
        crop = self.cut(piece, limits).copy()
        if crop.size == 0:
            return crop
        stray = self._strokes_of(boxes)
        full = np.zeros(self.print_mask.shape, np.uint8)
        full[stray] = 1
        small = Cutter(full, full, 1.0, self.em).cut(piece, limits)
        mask = cv2.dilate(
            cv2.resize(small, (crop.shape[1], crop.shape[0])),
            np.ones((3, 3), np.uint8),
            iterations=max(1, round(1 / self.scale)),
        )
        crop[mask > 0] = np.median(crop)
        return crop

    def ink_beside(self, piece: LineBox, boxes: Sequence[Box]) -> NDArray[np.uint8]:
        """Printed pixels of a piece, uint8 (H, W), without ticks that run out of boxes."""
        mask = self.print_mask
        if boxes:
            mask = mask.copy()
            mask[self._strokes_of(boxes)] = 0
        return mask[piece.y0 : piece.y1, piece.x0 : piece.x1]

    def _strokes_of(self, boxes: Sequence[Box]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Printed pixels near the boxes that hang together with them."""
        rows: list[NDArray[np.int64]] = []
        columns: list[NDArray[np.int64]] = []
        for box in boxes:
            reach = TICK_REACH * box.size
            y0, x0 = max(round(box.y0 - reach), 0), max(round(box.x0 - reach), 0)
            region = self.print_mask[y0 : round(box.y1 + reach), x0 : round(box.x1 + reach)]
            _, labels = cv2.connectedComponents(np.ascontiguousarray(region), connectivity=8)
            inside = labels[
                round(box.y0) - y0 : round(box.y1) - y0, round(box.x0) - x0 : round(box.x1) - x0
            ]
            own = np.isin(labels, np.setdiff1d(np.unique(inside), [0]))
            ys, xs = np.nonzero(own)
            rows.append(ys + y0)
            columns.append(xs + x0)
        return np.concatenate(rows), np.concatenate(columns)


def limits_of(lines: Sequence[LineBox], index: int, region: LineBox) -> LineBox:
    """How far the crop of a line may reach: to its region and half way to its neighbours."""
    line = lines[index]
    above = [o.y1 for o in lines[:index] if o.y1 <= line.y0 and o.x0 < line.x1 and line.x0 < o.x1]
    below = [
        o.y0 for o in lines[index + 1 :] if o.y0 >= line.y1 and o.x0 < line.x1 and line.x0 < o.x1
    ]
    return LineBox(
        region.x0,
        max([region.y0, *((y + line.y0) // 2 for y in above)]),
        region.x1,
        min([region.y1, *(-(-(y + line.y1) // 2) for y in below)]),
    )
