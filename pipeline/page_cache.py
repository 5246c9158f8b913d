"""Evidence of pages that were read before: a page is read once by the same code, not once a run.

An entry belongs to the bytes of a file, a page number, a text engine and the code and models that
read it; whatever of these changes, it is not found. Entries are plain JSON, checked against the
types of `extractors.evidence` when they are read: nothing in them is ever executed.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from extractors.evidence import PageEvidence
from pipeline.archive_folder import written_whole
from pipeline.code_prints import reader_print

if TYPE_CHECKING:
    from extractors.files.limits import Limits

LARGEST_ENTRY = 64 << 20
"""Bytes of JSON; a page dense with small print has under two million."""


@dataclass(frozen=True, slots=True)
class PageCache:
    """Evidence by page.

    Attributes:
        folder: Where entries are; made when the first is kept.
        engine: Text engine asked for.
        limits: Bounds under which pages are read.
    """

    folder: Path
    engine: str
    limits: Limits

    def find(self, sha256: str, number: int) -> PageEvidence | None:
        """Evidence of a page; ``None`` where there is none, or it is damaged.

        Args:
            sha256: Of the file.
            number: Of the page, from 1.
        """
        try:
            packed = self._path(sha256, number).read_bytes()
            unpacker = zlib.decompressobj()
            text = unpacker.decompress(packed, LARGEST_ENTRY)
            if not unpacker.eof:
                return None
            evidence = _evidence().validate_json(text, strict=True)
        except (OSError, zlib.error, ValidationError):
            return None
        return evidence if evidence.number == number else None

    def keep(self, sha256: str, evidence: PageEvidence) -> None:
        """Keeps the evidence of a page, where that is possible; a cache may lack anything."""
        path = self._path(sha256, evidence.number)
        try:
            packed = zlib.compress(_evidence().dump_json(evidence))
            path.parent.mkdir(parents=True, exist_ok=True)
            with written_whole(path) as stream:
                stream.write(packed)
        except (OSError, PydanticSerializationError, UnicodeError):
            return

    def _path(self, sha256: str, number: int) -> Path:
        parts = (sha256, str(number), self.engine, reader_print(self.engine), repr(self.limits))
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return self.folder / key[:2] / key[2:]


@cache
def _evidence() -> TypeAdapter[PageEvidence]:
    return TypeAdapter(PageEvidence)
