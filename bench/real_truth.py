"""Truth of real scans: lines and question-answer links, as XFUND has them (Xu et al., 2022).

Folder: ``images``, ``lines.jsonl`` (a page a line: ``image``, ``lines`` with ``transcription``,
``label``, ``points`` in pixels) and ``pairs.jsonl`` (``image``, ``pairs`` with ``q``, ``answers``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from bench.places import in_rows
from extractors.geometry import BBox


@dataclass(frozen=True, slots=True)
class TrueLine:
    """A printed line.

    Attributes:
        text: As the truth has it; tick boxes are characters in it.
        label: ``question``, ``answer``, ``header`` or ``other``.
        bbox: Place on the page.
    """

    text: str
    label: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Question:
    """A label with what is linked to it.

    Attributes:
        text: The label.
        bbox: Its place.
        answers: In the order of the file; some may be labels of their own.
    """

    text: str
    bbox: BBox
    answers: tuple[TrueLine, ...]

    @property
    def joined(self) -> tuple[str, ...]:
        """All answers as one text, as `joined` has them."""
        return joined(self.answers)


@dataclass(frozen=True, slots=True)
class TruePage:
    """One scan.

    Attributes:
        image: File.
        lines: All printed lines.
        questions: Labels that have answers.
    """

    image: Path
    lines: tuple[TrueLine, ...]
    questions: tuple[Question, ...]


def joined(answers: Sequence[TrueLine]) -> tuple[str, ...]:
    """Answers as one text: in the order of the file, and in reading order."""
    ordered = in_rows(answers, lambda answer: answer.bbox)
    texts = ("".join(a.text for a in lines) for lines in (answers, ordered))
    return tuple(dict.fromkeys(texts))


def read_truth(folder: Path) -> tuple[TruePage, ...]:
    """All pages of a folder, in the order of ``lines.jsonl``."""
    asked = {page["image"]: page["pairs"] for page in _objects(folder / "pairs.jsonl")}
    return tuple(
        _page(folder / "images" / page["image"], page["lines"], asked.get(page["image"], ()))
        for page in _objects(folder / "lines.jsonl")
    )


def _page(image: Path, lines: Any, pairs: Any) -> TruePage:
    with Image.open(image) as picture:
        size = picture.size
    return TruePage(
        image,
        tuple(_line(entry, size) for entry in lines),
        tuple(_question(entry, size) for entry in pairs),
    )


def _line(entry: Mapping[str, Any], size: tuple[int, int]) -> TrueLine:
    xs, ys = zip(*entry["points"], strict=True)
    box = (min(xs), min(ys), max(xs), max(ys))
    return TrueLine(entry["transcription"], entry["label"], _bbox(box, size))


def _question(entry: Mapping[str, Any], size: tuple[int, int]) -> Question:
    answers = (TrueLine(a["t"], a["label"], _bbox(a["box"], size)) for a in entry["answers"])
    return Question(entry["q"], _bbox(entry["q_box"], size), tuple(answers))


def _bbox(box: Any, size: tuple[int, int]) -> BBox:
    return BBox.from_pixels(*box, width=size[0], height=size[1])


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
