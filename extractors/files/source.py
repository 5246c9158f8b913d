"""Opening a file, whatever it is: one door for every kind."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractors.files.failures import FileProblem, failure
from extractors.files.kind import FileKind, decode_text, kind_of, read_bytes
from extractors.files.limits import DEFAULT_LIMITS, Limits
from extractors.files.markup import MarkupSource
from extractors.files.pdf import PdfSource, open_pdf
from extractors.files.picture import PictureSource, open_picture

Source = PdfSource | PictureSource | MarkupSource


def open_source(path: Path, limits: Limits = DEFAULT_LIMITS) -> Source:
    """Opens a file; its pages are read one by one by ``source.page(number)``.

    A page that cannot be read raises there, so that the other pages go on. The caller closes
    the source (``contextlib.closing``).

    Args:
        path: File to open.
        limits: Upper bounds.

    Returns:
        Source with ``path``, ``sha256``, ``byte_size``, ``kind``, ``page_count``, ``page(number)``
        and ``close()``.

    Raises:
        InputFileError: With one of the codes of `FileProblem`.
    """
    data = read_bytes(path, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    kind = kind_of(data, path)
    if kind is FileKind.PDF:
        return open_pdf(path, data, sha256, limits)
    if kind is FileKind.PICTURE:
        return open_picture(path, data, sha256, limits)
    text = decode_text(data)
    if text is None:
        raise failure(FileProblem.NOT_SUPPORTED, path)
    return MarkupSource(path, sha256, len(data), text)
