"""PP-OCR line recognizers as ONNX files out of wheels, run by ONNX Runtime on single lines.

The wrapper classes of the packages that carry the models are passed over on purpose: they pad
lines to common widths (a fifth slower than single lines at their own width), and keep no
character probabilities or positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.errors import EngineError
from extractors.ocr.port import Char, Crop, Reading
from extractors.ocr.priors import adjusted, prior_ratios

LINE_HEIGHT_PX = 48
"""Input height of the PP-OCR recognizers (their training configuration)."""
MIN_WIDTH_PX = 32
"""Narrower lines are padded: the network strides by 8 and needs some context."""
MAX_WIDTH_PX = 3200
"""Longer lines are squeezed; about 70 characters at full width."""
OTHERS = 4
MIN_OTHER = 0.01
"""How many other characters are kept beside each one, and the least probability of them."""
TAIL = 8
MIN_TAIL = 1e-5
"""The same of those that are hardly likely. On a blot the true character may be among them."""


class LineRecognizer:
    """One recognizer, one thread.

    Args:
        model: Its ONNX file.
        characters: Its character set in the order of the network's classes; ``None`` where the
            file carries it. The blank before and the space behind are none of it.

    Attributes:
        characters: What it can read.
    """

    def __init__(self, model: Path, characters: Sequence[str] | None = None) -> None:
        self._session = open_session(model)
        self._input = self._session.get_inputs()[0].name
        if characters is None:
            metadata = self._session.get_modelmeta().custom_metadata_map
            characters = metadata["character"].splitlines()
        self._alphabet = ["", *characters, " "]
        self._ratios = prior_ratios(self._alphabet)
        self.characters = frozenset(self._alphabet)

    def read(self, crop: Crop) -> Reading:
        """Reads one crop at its own width."""
        if crop.shape[0] < 2 or crop.shape[1] < 2:
            return Reading(())
        tensor, used = _tensor(crop)
        steps: NDArray[np.float32] = self._session.run(None, {self._input: tensor})[0][0]
        return Reading(tuple(_greedy_ctc(adjusted(steps, self._ratios), self._alphabet, used)))


def wheel_file(package: str, *parts: str) -> Path:
    """A file that an installed package carries; the package is not imported.

    Raises:
        EngineError: It is not installed, or lacks the file.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EngineError(
            f"缺少 {package}，请重新安装 / package {package} is missing: reinstall shenbao",
            code="engine_missing",
        )
    path = Path(spec.origin).parent.joinpath(*parts)
    if not path.is_file():
        raise EngineError(
            f"{package} 安装包中没有 {parts[-1]} / the {package} wheel lacks {parts[-1]}: "
            "install the version in requirements.lock",
            code="engine_missing",
        )
    return path


def open_session(path: Path) -> Any:
    """A session of ONNX Runtime on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _tensor(crop: Crop) -> tuple[NDArray[np.float32], float]:
    """Input tensor (1, 3, 48, W) in −1..1, and the share of W that the crop fills."""
    height, width = crop.shape[:2]
    target = round(width * LINE_HEIGHT_PX / height)
    target = min(max(target, 8), MAX_WIDTH_PX)
    shrinking = height > LINE_HEIGHT_PX
    resized = cv2.resize(
        crop,
        (target, LINE_HEIGHT_PX),
        interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC,
    )
    scaled = resized.astype(np.float32) / 127.5 - 1.0
    padded_width = max(target, MIN_WIDTH_PX)
    tensor = np.ones((1, 3, LINE_HEIGHT_PX, padded_width), dtype=np.float32)
    tensor[0, :, :, :target] = scaled
    return tensor, target / padded_width


def _greedy_ctc(steps: NDArray[np.float32], alphabet: list[str], used: float) -> list[Char]:
    """Best path through the probabilities (T, len(alphabet)); repeats and blanks removed.

    Graves et al., 2006, "Connectionist temporal classification", section 3.2.
    """
    best = steps.argmax(axis=1)
    starts = np.flatnonzero(np.concatenate(([True], best[1:] != best[:-1])))
    ends = np.append(starts[1:], len(best))
    chars = []
    for start, end in zip(starts, ends, strict=True):
        index = int(best[start])
        if index != 0:
            x = min((start + end) / 2 / len(best) / used, 1.0)
            peak = steps[start:end].max(axis=0)
            others, tail = _others(peak, index, alphabet)
            chars.append(Char(alphabet[index], float(peak[index]), x, others, tail))
    return chars


def _others(
    peak: NDArray[np.float32], index: int, alphabet: list[str]
) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]:
    """The likeliest characters beside the one at ``index``, and what follows; the blank is none."""
    likely = np.flatnonzero(peak >= MIN_TAIL)
    ranked = sorted(likely.tolist(), key=lambda i: -peak[i])
    seen = [(alphabet[i], float(peak[i])) for i in ranked if i not in (0, index)]
    others = tuple((text, share) for text, share in seen[:OTHERS] if share >= MIN_OTHER)
    return others, tuple(seen[len(others) : len(others) + TAIL])
