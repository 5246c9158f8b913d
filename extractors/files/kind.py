"""The kind of a file, decided by its content: names and extensions lie."""

from __future__ import annotations

import codecs
import unicodedata
from enum import StrEnum
from pathlib import Path

from extractors.files.failures import FileProblem, failure
from extractors.files.limits import DEFAULT_LIMITS, Limits

# ISO 32000-1, implementation note 13: readers accept the header within the first 1024 bytes.
_PDF_HEADER_WINDOW = 1024
_IMAGE_MAGIC = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",  # TIFF, little-endian
    b"MM\x00*",  # TIFF, big-endian
    b"II+\x00",  # BigTIFF
    b"MM\x00+",
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TEXT_ENCODINGS = ("utf-8", "gb18030")
_LAYOUT_CONTROLS = frozenset("\t\n\r\f\v")


class FileKind(StrEnum):
    """What a file is."""

    PDF = "pdf"
    PICTURE = "picture"
    MARKUP = "markup"


def sniff(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileKind:
    """Kind of the file at ``path``.

    Args:
        path: File to look at.
        limits: Largest size that is read at all.

    Returns:
        Its kind.

    Raises:
        InputFileError: ``file_missing``, ``file_unreadable``, ``file_empty``,
            ``file_too_large`` or ``not_supported``.
    """
    return kind_of(read_bytes(path, limits), path)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The whole file, after its size was checked.

    Raises:
        InputFileError: ``file_missing``, ``file_unreadable``, ``file_empty``,
            ``file_too_large``.
    """
    try:
        if not path.exists() and not path.is_symlink():
            raise failure(FileProblem.MISSING, path)
        if not path.is_file():
            raise failure(FileProblem.UNREADABLE, path)
        size = path.stat().st_size
        if size > limits.max_file_bytes:
            raise failure(FileProblem.TOO_LARGE, path, detail=f"{size} bytes")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise failure(FileProblem.UNREADABLE, path, detail=type(error).__name__) from error
    if not data:
        raise failure(FileProblem.EMPTY, path)
    return data


def kind_of(data: bytes, path: Path) -> FileKind:
    """Kind of a file whose bytes are at hand; ``path`` is for the message only.

    Raises:
        InputFileError: ``not_supported``.
    """
    if b"%PDF-" in data[:_PDF_HEADER_WINDOW]:
        return FileKind.PDF
    if _is_image(data):
        return FileKind.PICTURE
    if decode_text(data) is not None:
        return FileKind.MARKUP
    raise failure(FileProblem.NOT_SUPPORTED, path)


def decode_text(data: bytes) -> str | None:
    """The bytes as text, or ``None`` where they are none.

    UTF-8 is tried before GB18030; UTF-16 is accepted with a byte order mark only. Control
    characters other than those that lay out lines prove that a file is no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    return next((t for e in _TEXT_ENCODINGS if (t := _decode(data, e)) is not None), None)


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = {c for c in set(text) - _LAYOUT_CONTROLS if unicodedata.category(c) in {"Cc", "Cn"}}
    return None if odd else text


def _is_image(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    bitmap = data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"  # reserved fields are zero
    return data.startswith(_IMAGE_MAGIC) or webp or bitmap
