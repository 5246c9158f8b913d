"""Text files: one page of characters, without geometry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.evidence import PageKind
from extractors.files.failures import FileProblem, failure
from extractors.files.kind import FileKind
from extractors.files.page import PageImage


@dataclass(frozen=True, slots=True)
class MarkupPage:
    """The whole text."""

    number: int
    path: Path
    text: str

    @property
    def kind(self) -> PageKind:
        """Always text."""
        return PageKind.TEXT

    def render(self, dpi: float | None = None) -> PageImage:
        """Text has no pixels.

        Raises:
            InputFileError: ``page_failed``, always.
        """
        detail = f"text has no picture at {dpi or 'any'} dpi"
        raise failure(FileProblem.PAGE_FAILED, self.path, page=self.number, detail=detail)


@dataclass(frozen=True, slots=True)
class MarkupSource:
    """A text file."""

    path: Path
    sha256: str
    byte_size: int
    text: str
    page_count: int = 1
    kind: FileKind = FileKind.MARKUP

    def page(self, number: int) -> MarkupPage:
        """The only page."""
        return MarkupPage(number, self.path, self.text)

    def close(self) -> None:
        """Nothing is held open."""
