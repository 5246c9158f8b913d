"""The one tree of errors: each says what happened, where, and what to do next.

A doubtful value is never an error (it is `None` with an issue code); errors are for files,
pages, definitions, engines and stores that cannot be used at all. Instances survive pickling,
because they cross process borders.
"""

from __future__ import annotations

from typing import Any


class ShenbaoError(Exception):
    """Base of all errors raised on purpose.

    Args:
        message: What happened, and what to do next, in one or two sentences.
        code: Stable machine-readable name of the failure, such as ``file_encrypted``.
        path: File concerned, as the user named it.
        page: Page concerned, counted from 1.

    Attributes:
        exit_code: What a command returns when this error ends it.
        retryable: Whether the same call may succeed later.
    """

    exit_code = 1
    retryable = False

    def __init__(
        self, message: str, *, code: str, path: str | None = None, page: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.path = path
        self.page = page

    def __reduce__(self) -> tuple[Any, ...]:
        """Keeps the keyword fields when pickled."""
        return _rebuild, (type(self), self.message, self.code, self.path, self.page)

    def __str__(self) -> str:
        where = self.path or ""
        if self.page is not None:
            where += f", page {self.page}"
        return f"{where}: {self.message}" if where else self.message


def _rebuild(
    kind: type[ShenbaoError], message: str, code: str, path: str | None, page: int | None
) -> ShenbaoError:
    return kind(message, code=code, path=path, page=page)


class InputFileError(ShenbaoError):
    """A file or one of its pages cannot be read."""


class LimitExceededError(InputFileError):
    """A file or page is larger than the limits allow."""


class FormDefinitionError(ShenbaoError):
    """A form definition is wrong; the message names file and line."""

    exit_code = 2


class EngineError(ShenbaoError):
    """A text recognition engine is missing or failed."""

    exit_code = 3


class StoreError(ShenbaoError):
    """The database cannot be opened, read or written."""

    exit_code = 3


class RequestError(ShenbaoError):
    """Something is asked for that is not there or cannot be."""

    exit_code = 2
