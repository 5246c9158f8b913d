"""Command: ours beside other readers on the generated suite.

``python -m bench.peers --seeds 0:10 --level clean --level office --out build/peers`` prints and
scans declarations, has each peer read them, finds values by one script (`bench.peer_values`), and
judges all alike. Peers run in an environment of their own, whose interpreter ``--python`` names::

    python -m venv .venv-peers && .venv-peers/bin/pip install -e '.[peers]'
"""

from __future__ import annotations

import json
import resource
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bench.measure import measure, write_records
from bench.peer_pieces import as_line
from bench.peer_run import OURS, PEERS, Entry, judge_peer, missing_because, read_with, versions
from bench.peer_table import as_json, as_markdown, error_lines, rows
from bench.suite import Part, files_of, print_suite
from pipeline.options import Options
from samples.generate import chosen_seeds
from samples.scan import Level

DEFAULT_PYTHON = Path(".venv-peers/bin/python")


@click.command()
@click.option("--seeds", default="0:10", show_default=True, help="first:end, end excluded")
@click.option("--half", type=click.Choice(["tune", "measure"]), help="even or odd seeds only")
@click.option(
    "--level",
    "levels",
    multiple=True,
    default=("clean", "office"),
    show_default=True,
    type=click.Choice([level.value for level in Level if level is not Level.TEXT]),
)
@click.option(
    "--peer",
    "wanted",
    multiple=True,
    default=tuple(PEERS),
    show_default=True,
    type=click.Choice(tuple(PEERS)),
)
@click.option(
    "--python",
    default=DEFAULT_PYTHON,
    show_default=True,
    type=click.Path(path_type=Path),
    help="interpreter of the environment in which the peers are installed",
)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
def main(
    seeds: str,
    half: str | None,
    levels: tuple[str, ...],
    wanted: tuple[str, ...],
    python: Path,
    out: Path,
) -> None:
    """Prints a table for each level; writes reports, records and every error to --out."""
    installed = versions(python)
    reasons = {peer: missing_because(peer, installed, python) for peer in wanted}
    for reason in filter(None, reasons.values()):
        click.echo(reason, err=True)
    peers = [peer for peer, reason in reasons.items() if not reason]
    entries: list[Entry] = []
    parts = [Part(Level(level), tuple(chosen_seeds(seeds, half))) for level in levels]
    print_suite(parts, out / "suite", workers=1)
    for part in parts:
        entries.append(_ours(part, out))
        entries += [_peer(peer, part, python, out) for peer in peers]
    how = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "seeds": seeds, "half": half}
    _write(entries, {**how, "versions": installed}, out)
    for level in levels:
        _print(level, [entry for entry in entries if entry.part == level])


def _ours(part: Part, out: Path) -> Entry:
    click.echo(f"{part.name}: {OURS}", err=True)
    before = _cpu_seconds_of_workers()
    measured, records = measure(part, out / "suite", Options(), workers=1, on_file=lambda: None)
    write_records(out / f"{part.name}-{OURS}.jsonl", records)
    errors = tuple(wrong.discrepancy for wrong in measured.wrong)
    seconds = (_cpu_seconds_of_workers() - before) / max(measured.pages, 1)
    return Entry(OURS, part.name, measured.score, errors, seconds)


def _cpu_seconds_of_workers() -> float:
    """Of all processes that have ended, their start included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peer(peer: str, part: Part, python: Path, out: Path) -> Entry:
    """Keeps what the peer read beside the records that were made of it."""
    click.echo(f"{part.name}: {peer}", err=True)
    suite = out / "suite"
    read = read_with(peer, python, [file.path.absolute() for file in files_of(part, suite)])
    (out / f"{part.name}-{peer}-read.jsonl").write_text("\n".join(map(as_line, read)), "utf-8")
    entry, records = judge_peer(peer, part, suite, read)
    write_records(out / f"{part.name}-{peer}.jsonl", records)
    return entry


def _write(entries: list[Entry], how: dict[str, object], out: Path) -> None:
    (out / "report.md").write_text(as_markdown(entries), "utf-8")
    report = json.dumps(as_json(entries, **how), ensure_ascii=False, indent=1)
    (out / "report.json").write_text(report, "utf-8")
    (out / "errors.txt").write_text("\n".join(error_lines(entries)) + "\n", "utf-8")


def _print(level: str, entries: list[Entry]) -> None:
    table = Table(title=level)
    table.add_column("")
    for entry in entries:
        table.add_column(entry.reader, justify="right")
    for label, cells in rows(entries):
        table.add_row(label, *cells)
    Console().print(table)


if __name__ == "__main__":
    main()
