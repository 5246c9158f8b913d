"""PP-OCRv6 text detector as shipped in the `rapidocr` wheel: where print is, not what it says.

Over a whole page it costs as much as all reading; over a few small cells next to nothing. So it
is asked only where the row profile of a cell gave lines that could not be read.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.port import Crop
from extractors.ocr.ppocr import open_session, wheel_file

DETECTOR = "PP-OCRv6_det_small.onnx"
STRIDE_PX = 32
"""Sides of the network's input are multiples of this."""
MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
STD = np.array([0.229, 0.224, 0.225], dtype=np.float32)
"""Of ImageNet, as PP-OCR's detectors were trained."""


class TextDetector:
    """PP-OCRv6 small detector, one thread."""

    def __init__(self) -> None:
        self._session = open_session(wheel_file("rapidocr", "models", DETECTOR))
        self._input = self._session.get_inputs()[0].name

    def text_map(self, crop: Crop) -> NDArray[np.float32]:
        """Probability that a pixel lies in the middle of a line of print, float32 (H, W).

        Args:
            crop: uint8 (H, W), grey; print about 16 px high is enough.
        """
        height, width = crop.shape
        padded = np.full(
            (-(-height // STRIDE_PX) * STRIDE_PX, -(-width // STRIDE_PX) * STRIDE_PX),
            np.uint8(np.percentile(crop, 90)),
            np.uint8,
        )
        padded[:height, :width] = crop
        colour = cv2.cvtColor(padded, cv2.COLOR_GRAY2RGB).astype(np.float32) / 255
        tensor = ((colour - MEAN) / STD).transpose(2, 0, 1)[None]
        found: NDArray[np.float32] = self._session.run(None, {self._input: tensor})[0][0, 0]
        return found[:height, :width]


@cache
def text_detector() -> TextDetector:
    """The detector of this process, made when first asked for.

    Raises:
        EngineError: The wheel that holds its model is not installed.
    """
    return TextDetector()
