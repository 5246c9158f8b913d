"""Real scans read by the extraction, with the text of each page kept beside its record."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bench.known_pairs import known_pairs
from bench.marks_score import PlacedMark
from bench.pairs_score import FoundPair
from bench.text_score import PlacedText
from extractors.evidence import MarkState, PageEvidence, TextRun
from extractors.geometry import BBox
from normalizers.contract_json import to_contract
from normalizers.records import Extraction, Failure
from pipeline.batch import run_batch
from pipeline.document import AtPage, process_document
from pipeline.options import Options


@dataclass(frozen=True, slots=True)
class ExtractionWithText(Extraction):
    """A reading with all print of its pages.

    Attributes:
        texts: Pieces of lines, in tables and outside.
    """

    texts: tuple[PlacedText, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadScan:
    """What was found on one scan.

    Attributes:
        name: File.
        records: As `shenbao extract` prints them.
        texts: All print.
    """

    name: str
    records: tuple[dict[str, Any], ...]
    texts: tuple[PlacedText, ...]

    @property
    def pairs(self) -> tuple[FoundPair, ...]:
        """Label-value pairs; a form whose layout is known gives its values as such."""
        pairs = (
            FoundPair(p["label"], p["value"], BBox(*p["label_bbox"]) if p["label_bbox"] else None)
            for p in self._entries("pairs")
        )
        known = (p for r in self.records if r["kind"] == "declaration" for p in known_pairs(r))
        return (*pairs, *known)

    @property
    def marks(self) -> tuple[PlacedMark, ...]:
        """Tick boxes of forms without a layout."""
        return tuple(
            PlacedMark(MarkState(m["state"]), BBox(*m["bbox"]))
            for m in self._entries("marks")
            if m["bbox"]
        )

    def _entries(self, key: str) -> Iterator[dict[str, Any]]:
        for record in self.records:
            yield from record.get(key, ())


def read_scans(
    paths: Sequence[Path], options: Options, *, workers: int, on_file: Callable[[], None]
) -> tuple[list[ReadScan], float]:
    """Reads all scans.

    Args:
        paths: Files.
        options: How to read.
        workers: Processes.
        on_file: Called after each file.

    Returns:
        What was found, as files finish; and the seconds a worker took for a file.
    """
    started = time.monotonic()
    scans = []
    for extraction in run_batch(paths, options, workers, read=read_with_text):
        records = tuple(to_contract(record, extraction) for record in extraction.records)
        texts = extraction.texts if isinstance(extraction, ExtractionWithText) else ()
        scans.append(ReadScan(Path(extraction.path).name, records, texts))
        on_file()
    seconds = (time.monotonic() - started) * min(workers, len(paths))
    return scans, seconds / max(len(paths), 1)


def read_with_text(
    path: Path, options: Options, *, lost: Mapping[int, Failure], at_page: AtPage
) -> ExtractionWithText:
    """Reads one file as `process_document` does; runs in a worker."""
    pages: list[PageEvidence] = []
    extraction = process_document(path, options, lost=lost, at_page=at_page, keep=pages.append)
    texts = tuple(text for page in pages for text in _texts(page))
    known = {field.name: getattr(extraction, field.name) for field in fields(Extraction)}
    return ExtractionWithText(**known, texts=texts)


def _texts(page: PageEvidence) -> Iterator[PlacedText]:
    in_tables = (line for grid in page.grids for cell in grid.cells for line in cell.lines)
    for line in (*page.lines, *in_tables):
        for token in line.tokens:
            if isinstance(token, TextRun) and token.bbox is not None:
                yield PlacedText(token.text, token.bbox)
