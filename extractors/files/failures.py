"""What can be wrong with a file or page: stable codes, each with a message that says what to do.

Messages are Chinese first, English after, because they reach clerks and logs alike.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from extractors.errors import InputFileError, LimitExceededError


class FileProblem(StrEnum):
    """Stable codes of failures that concern a file or one of its pages."""

    MISSING = "file_missing"
    UNREADABLE = "file_unreadable"
    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    NOT_SUPPORTED = "not_supported"
    PDF_ENCRYPTED = "pdf_encrypted"
    PDF_DAMAGED = "pdf_damaged"
    PDF_NO_PAGES = "pdf_no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    IMAGE_DAMAGED = "image_damaged"
    IMAGE_TOO_SMALL = "image_too_small"
    PAGE_TOO_LARGE = "page_too_large"
    PAGE_FAILED = "page_failed"


_MESSAGES = {
    FileProblem.MISSING: "文件不存在，请核对路径 / file does not exist; check the path",
    FileProblem.UNREADABLE: (
        "文件无法打开，请检查读取权限，并确认它不是文件夹或失效链接 / "
        "file cannot be opened; check that you may read it and that it is no folder or broken link"
    ),
    FileProblem.EMPTY: "文件为空（0 字节），请重新获取 / file is empty (0 bytes); get it again",
    FileProblem.TOO_LARGE: (
        "文件超过大小上限，请拆分后再处理 / file is larger than the limit; split it and try again"
    ),
    FileProblem.NOT_SUPPORTED: (
        "不是 PDF、图片或文本，请先转换为其中一种 / "
        "neither a PDF nor a picture nor text; convert it to one of these"
    ),
    FileProblem.PDF_ENCRYPTED: (
        "PDF 已加密，请先去除密码 / PDF is encrypted; remove the password first"
    ),
    FileProblem.PDF_DAMAGED: (
        "PDF 不完整或已损坏，请重新下载或重新导出 / "
        "PDF is truncated or damaged; download or export it again"
    ),
    FileProblem.PDF_NO_PAGES: ("PDF 没有任何页，请重新导出 / PDF has no pages; export it again"),
    FileProblem.TOO_MANY_PAGES: (
        "页数超过上限，请拆分后再处理 / more pages than the limit; split the file and try again"
    ),
    FileProblem.IMAGE_DAMAGED: (
        "图片不完整或已损坏，请重新扫描或重新获取 / "
        "picture is truncated or damaged; scan it or get it again"
    ),
    FileProblem.IMAGE_TOO_SMALL: (
        "图片太小，无法辨认文字，请以 200 dpi 以上重新扫描 / "
        "picture is too small to be read; scan it again at 200 dpi or more"
    ),
    FileProblem.PAGE_TOO_LARGE: (
        "页面尺寸超过上限，请按实际纸张大小重新导出 / "
        "page is larger than the limit; export it again at its paper size"
    ),
    FileProblem.PAGE_FAILED: (
        "此页无法读取，请重新导出或重新扫描这一页 / "
        "page cannot be read; export or scan this page again"
    ),
}

_LIMITS = {FileProblem.TOO_LARGE, FileProblem.TOO_MANY_PAGES, FileProblem.PAGE_TOO_LARGE}


def failure(
    problem: FileProblem, path: Path, *, page: int | None = None, detail: str = ""
) -> InputFileError:
    """The error to raise for ``problem``.

    Args:
        problem: What is wrong.
        path: File concerned.
        page: Page concerned, counted from 1; ``None`` for the whole file.
        detail: Figures or the library's own words, appended in brackets.

    Returns:
        `LimitExceededError` for limits, `InputFileError` otherwise.
    """
    kind = LimitExceededError if problem in _LIMITS else InputFileError
    message = _MESSAGES[problem] + (f" ({detail})" if detail else "")
    return kind(message, code=problem.value, path=printable(path), page=page)


def printable(path: Path) -> str:
    """The path as text that any stream can carry, undecodable bytes of the name escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")
