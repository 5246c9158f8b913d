"""The bytes of every file that was read, kept by their SHA-256 beside the database.

What a value was read from can be shown, and read again by later code, years after the original
folder was moved or tidied up. Files are only ever added. Layout, in one folder that may be copied
or backed up as it is::

    files/ab/cdef…      bytes, named by their SHA-256, read-only
    pages/01/2345…      evidence of pages already read (`pipeline.page_cache`); may be deleted
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extractors.errors import InputFileError, StoreError

README = "shenbao-archive.txt"
"""Tells people what the folder is, and `pipeline.discovery` not to read it as an archive."""
_README_TEXT = """\
本文件夹由申报（shenbao）维护：files 中是已入库文件的原始字节，以 SHA-256 命名，请勿修改或删除；
pages 中是读过的页面的缓存，可以删除。请与数据库一起备份。

Kept by shenbao: files holds the bytes of every file in the database, named by SHA-256; change and
delete nothing there. pages is a cache and may be deleted. Back this folder up with the database.
"""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveFolder:
    """Bytes by SHA-256.

    Attributes:
        folder: Where; made when the first file is kept.
    """

    folder: Path

    @property
    def pages(self) -> Path:
        """Folder of the page cache."""
        return self.folder / "pages"

    def path_of(self, sha256: str) -> Path:
        """Where the bytes of that hash are, or would be."""
        return self.folder / "files" / sha256[:2] / sha256[2:]

    def holds(self, sha256: str) -> bool:
        """Whether bytes are there; not whether they are still right."""
        return self.path_of(sha256).is_file()

    def keep(self, path: Path, sha256: str) -> Path:
        """Copies a file in, unless it is there; a copy that lost its length is made anew.

        Args:
            path: File to keep.
            sha256: What its bytes were when it was read.

        Returns:
            The copy.

        Raises:
            InputFileError: ``file_changed``: the file is not what was read any more.
            StoreError: ``archive_full``, ``archive_not_writable``; nothing is half kept.
        """
        target = self.path_of(sha256)
        try:
            with path.open("rb") as source:
                if target.is_file() and target.stat().st_size == os.fstat(source.fileno()).st_size:
                    return target
                with self._writing():
                    self._copy(source, target, path, sha256)
        except OSError as error:
            raise _changed(path) from error
        return target

    def bytes_of(self, sha256: str) -> bytes:
        """The bytes of that hash, verified.

        Raises:
            StoreError: ``archive_missing``, ``archive_damaged``.
        """
        path = self.path_of(sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise missing(path) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise damaged(path)
        return data

    def _copy(self, source: BinaryIO, target: Path, path: Path, sha256: str) -> None:
        self._begin()
        target.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(target, mode=_READ_ONLY) as copy:
            digest = hashlib.sha256()
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            if digest.hexdigest() != sha256:
                raise _changed(path)

    def _begin(self) -> None:
        readme = self.folder / README
        if not readme.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            with written_whole(readme) as stream:
                stream.write(_README_TEXT.encode())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _FULL:
                raise StoreError(
                    "磁盘已满，原件无法存档，已入库的不受影响；请腾出空间后重新运行 / the disk is "
                    "full, so that the file cannot be kept; what was saved stays; make room and "
                    "run again",
                    code="archive_full",
                    path=str(self.folder),
                ) from error
            raise StoreError(
                "无法写入存档文件夹，请检查权限，或用 --archive 另指一处 / the archive folder is "
                f"not writable; check its permissions or choose another by --archive: "
                f"{error.strerror}",
                code="archive_not_writable",
                path=str(self.folder),
            ) from error


@contextmanager
def written_whole(target: Path, *, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A new file that appears under its name only when it is complete and on the disk.

    Args:
        target: Name; its folder exists. What stood there is replaced.
        mode: Permission bits.

    Yields:
        Where to write.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    _sync(target.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def missing(path: Path) -> StoreError:
    """The bytes are not in the archive folder."""
    return StoreError(
        "存档中没有此文件，请对原件重新运行 shenbao ingest / not in the archive folder; run "
        "`shenbao ingest` on the original file again",
        code="archive_missing",
        path=str(path),
    )


def damaged(path: Path) -> StoreError:
    """The bytes are not those of their name."""
    return StoreError(
        "存档副本已损坏，请从备份恢复此文件 / the archived copy is damaged; restore this file from "
        "a backup",
        code="archive_damaged",
        path=str(path),
    )


def _changed(path: Path) -> InputFileError:
    return InputFileError(
        "文件在读取过程中被改动或移走，请重新运行 / the file was changed or moved away while it "
        "was read; run again",
        code="file_changed",
        path=str(path),
    )
