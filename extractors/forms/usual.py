"""Cells whose usual contents a definition names: the one that the picture allows.

A recognizer judges each character by itself and reads 项自管理 where 目 was nearly as likely. What
usually stands in the column decides between characters that the picture supports; it never puts
one that the picture does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.evidence import TextRun
from extractors.forms.table import TableCell


def usual_content(cells: Sequence[TableCell], known: Iterable[str]) -> str | None:
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
    shown = [w for w in words if len(w) == len(read) and _is_shown(w, read, others)]
    return shown[0] if len(shown) == 1 else None


def _others(run: TextRun) -> Sequence[str]:
    return run.others if len(run.others) == len(run.text) else ("",) * len(run.text)


def _is_shown(word: str, read: str, others: Sequence[str]) -> bool:
    return all(w in (r, *o) for w, r, o in zip(word, read, others, strict=True))
