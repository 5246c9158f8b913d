"""Text that others recognized (Markdown, HTML) into the same evidence that a scan gives."""

from __future__ import annotations

from extractors.markup.reading import read_markup

__all__ = ["read_markup"]
