"""The comparison with peers as tables and lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bench.peer_run import Entry
from bench.table import Row, markdown_line, percent

ROWS = {
    "short fields exact": "short_exact",
    "marks exact": "marks_exact",
    "subprojects rows F1": "rows_f1/subprojects",
    "indicators rows F1": "rows_f1/indicators",
    "indicators rows F1, width forgiven": "rows_f1/indicators/folded",
    "long text CER": "long_cer",
    "long text CER, width forgiven": "long_cer/folded",
    "perfect declarations": "perfect",
}
"""Label and name of the share."""


def rows(entries: Sequence[Entry]) -> Iterator[Row]:
    """Label and one cell a reader, top to bottom."""
    shares = [entry.score.shares() for entry in entries]
    for label, share in ROWS.items():
        yield label, tuple(percent(of_reader.get(share)) for of_reader in shares)
    missing = tuple(f"{e.score.missing} of {e.score.declarations}" for e in entries)
    yield "declarations not found", missing
    yield "CPU seconds a page", tuple(f"{e.cpu_seconds_per_page:.2f}" for e in entries)


def as_markdown(entries: Sequence[Entry]) -> str:
    """One table a level."""
    parts: list[str] = []
    for part in dict.fromkeys(entry.part for entry in entries):
        of_part = [entry for entry in entries if entry.part == part]
        head = [part, *(entry.reader for entry in of_part)]
        lines = [markdown_line(head), markdown_line(["---", *("---:" for _ in of_part)])]
        lines += [markdown_line([label, *cells]) for label, cells in rows(of_part)]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def as_json(entries: Sequence[Entry], **how: object) -> dict[str, Any]:
    """Counts and shares of every reader, and how they were measured."""
    results = [
        {
            "reader": entry.reader,
            "part": entry.part,
            "counts": asdict(entry.score),
            "shares": entry.score.shares(),
            "cpu_seconds_per_page": entry.cpu_seconds_per_page,
        }
        for entry in entries
    ]
    return {"how": how, "results": results}


def error_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """One line a wrong value, tab-separated."""
    yield "level\treader\tfile\tpath\tgot\twant"
    for entry in entries:
        for error in entry.errors:
            got, want = (json.dumps(v, ensure_ascii=False) for v in (error.got, error.want))
            path = error.path or error.group
            yield "\t".join((entry.part, entry.reader, error.file, path, got, want))
