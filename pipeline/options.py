"""What may be chosen for reading files: one frozen object, passed on by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.files.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read.

    Attributes:
        engine: Text recognizer for pixels: ``rapidocr`` or ``tesseract``.
        forms_dir: Folder with layouts beside those that come along.
        timeout_s: Time one file may take in a pool before it is stopped and named as a failure.
        memory_mib: Address space one worker may take.
        limits: Upper bounds for files and pages.
    """

    engine: str = "rapidocr"
    forms_dir: Path | None = None
    timeout_s: float = 1800.0
    memory_mib: int = 6144
    limits: Limits = DEFAULT_LIMITS
