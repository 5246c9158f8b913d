"""Cells whose usual contents a definition names: the one that the picture allows.

A recognizer judges each character by itself and reads 项自管理 where 目 was nearly as likely. What
usually stands in the column decides between characters that the picture supports; where a
look-alike was read surely (日 for 目) a person sees what is put.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from extractors.evidence import TextRun
from extractors.forms.labels import fold
from extractors.forms.table import PlacedLine, TableCell

_MAX_STRAYS = 1
"""Letters beside a usual content that are dirt or a seal's stroke; two may be print."""
_STROKES = frozenset("iIl1丨一丿丶")
"""What one stroke of dirt, of a seal or of a ruling is read as."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A usual content in place of what was read.

    Attributes:
        text: The content.
        is_doubtful: Whether letters stand beside it, so that a person must look.
    """

    text: str
    is_doubtful: bool = False


def usual_content(cells: Sequence[TableCell], known: Iterable[str]) -> Usual | None:
    """The only usual content that these cells may show instead of what was read in them.

    Args:
        cells: Of one row under one header.
        known: Usual contents of the column.

    Returns:
        ``None`` where what was read is a usual content, or where none or several may be shown.
    """
    tokens = [t for c in cells for p in c.lines for t in p.line.tokens]
    runs = [t for t in tokens if isinstance(t, TextRun)]
    if len(runs) < len(tokens):
        return None
    read = "".join(r.text for r in runs)
    others = [o for r in runs for o in _others(r)]
    words = set(known)
    if read in words:
        return None
    shown = _shown(words, read, others)
    found = shown or [w for w in words if len(w) == len(read) and fold(w) == fold(read)]
    if len(found) == 1:
        return Usual(found[0], is_doubtful=not shown)
    return _among_dirt([_letters(r.text) for r in runs], words)


def is_misread(text: str, known: Iterable[str]) -> bool:
    """Whether a look-alike in a text makes it less like a usual content, half of which it holds.

    效用日标 is 效果目标 but for 用 and for 日, a 目 that was misread: so may the other be.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return False
    return any(
        _alike(folded, fold(word)) > _alike(text, word) >= len(word) / 2
        for word in known
        if len(word) == len(text) and word != text
    )


def _alike(first: str, second: str) -> int:
    """Characters that two texts of one length have in the same places."""
    return sum(a == b for a, b in zip(first, second, strict=True))


def usual_part(lines: Sequence[PlacedLine], part: str, known: Iterable[str]) -> str:
    """A part of what was read, or the one usual wording that its picture allows instead.

    Args:
        lines: In reading order.
        part: Stretch of their text.
        known: Usual wordings of that part.
    """
    runs = [t for placed in lines for t in placed.line.tokens if isinstance(t, TextRun)]
    at = "".join(r.text for r in runs).find(part)
    words = set(known)
    if at < 0 or part in words:
        return part
    others = [o for r in runs for o in _others(r)][at : at + len(part)]
    shown = _shown(words, part, others)
    return shown[0] if len(shown) == 1 else part


def _shown(words: Collection[str], read: str, others: Sequence[str]) -> list[str]:
    """The words that may be printed where ``read`` was read."""
    return [w for w in words if len(w) == len(read) and _is_shown(w, read, others)]


def _among_dirt(lines: Sequence[str], words: Collection[str]) -> Usual | None:
    """The usual content that is whole but for signs, or for a letter on a line of its own."""
    read = "".join(lines)
    if read in words:
        return Usual(read)
    whole = [(w, read.replace(w, "", 1)) for line in lines for w in words if line == w]
    whole += [(w, "") for w in words if read == w + w]
    fits = {w for w, rest in whole if len(rest) <= _MAX_STRAYS}
    if not fits:
        return _without_stray(lines, words)
    return Usual(fits.pop(), is_doubtful=True) if len(fits) == 1 else None


def _without_stray(lines: Sequence[str], words: Collection[str]) -> Usual | None:
    """The usual content that one letter interrupts, as where characters stand in a column.

    A stroke amid its characters is none of them, for no other word is meant; before or behind
    them it may be a number, and what is no stroke but has a line of its own may be print.
    """
    read = "".join(lines)
    alone = {sum(map(len, lines[:n])) for n, line in enumerate(lines) if len(line) == 1}
    fits: dict[str, bool] = {}
    for place, char in enumerate(read):
        word = read[:place] + read[place + 1 :]
        if word in words and (char in _STROKES or place in alone):
            is_amid = char in _STROKES and 0 < place < len(word)
            fits[word] = fits.get(word, True) and not is_amid
    if len(fits) != 1:
        return None
    ((word, is_doubtful),) = fits.items()
    return Usual(word, is_doubtful)


def _letters(text: str) -> str:
    """Without signs and blanks, which no usual content holds."""
    return "".join(c for c in text if c.isalnum())


def _others(run: TextRun) -> Sequence[str]:
    return run.others if len(run.others) == len(run.text) else ("",) * len(run.text)


def _is_shown(word: str, read: str, others: Sequence[str]) -> bool:
    return all(w in (r, *o) for w, r, o in zip(word, read, others, strict=True))
