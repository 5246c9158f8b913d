"""What may be chosen for reading files: one frozen object, passed on by hand."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from extractors.files.limits import DEFAULT_LIMITS, Limits

EXTRACTOR_VERSION = version("shenbao")
"""What every reading says it was made by."""


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read.

    Attributes:
        engine: Text recognizer for pixels: ``rapidocr`` or ``tesseract``.
        forms_dir: Folder with layouts beside those that come along.
        timeout_s: Time that a worker may spend on one page (or on opening a file, or on matching
            its forms) before it is stopped. A full page takes seconds; a hundred times that is a
            hang, even on a busy machine.
        memory_mib: Address space one worker may take.
        limits: Upper bounds for files and pages.
        page_cache: Folder with the evidence of pages that were read before; ``None`` reads all.
    """

    engine: str = "rapidocr"
    forms_dir: Path | None = None
    timeout_s: float = 600.0
    memory_mib: int = 6144
    limits: Limits = DEFAULT_LIMITS
    page_cache: Path | None = None
