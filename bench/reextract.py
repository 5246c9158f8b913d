"""Command: how much faster scans are read again after a form definition was changed.

``python -m bench.reextract [--count 10] [--first 3001] [--level office]`` prints invented scans,
reads them into a new database, changes a definition, and has them read again. Each side is one
process on one core, its start included.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

import click

from samples.generate import DEFAULT_LEVELS, write_declaration
from samples.scan import Level
from samples.truth import FORM_ID

_VERSION = re.compile(r"^version: *(\d+)", re.MULTILINE)


@click.command()
@click.option("--count", default=10, show_default=True, type=click.IntRange(min=1))
@click.option("--first", default=3001, show_default=True, help="seed of the first")
@click.option(
    "--level",
    default=Level.OFFICE.value,
    type=click.Choice([level.value for level in DEFAULT_LEVELS]),
)
def main(count: int, first: int, level: str) -> None:
    """Prints both times and their ratio."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="shenbao-bench-") as name:
        folder = Path(name)
        for seed in range(first, first + count):
            write_declaration(seed, [Level(level)], folder / "scans")
        forms = changed_definition(folder / "forms")
        db = ("--db", f"sqlite:///{folder / 'bench.db'}", "--executor", "serial")
        read = _seconds("ingest", str(folder / "scans"), *db)
        again = _seconds("reextract", "--outdated", "--forms", str(forms), *db)
    click.echo(f"{count} {level} scans, one process, start included")
    click.echo(f"ingest     {read:8.2f} s")
    click.echo(f"reextract  {again:8.2f} s   (a definition was changed)")
    click.echo(f"ratio      {read / again:8.1f}")


def changed_definition(folder: Path) -> Path:
    """A folder with the home form's definition in its next version."""
    folder.mkdir()
    source = resources.files("forms").joinpath(f"{FORM_ID}.yaml").read_text(encoding="utf-8")
    changed = _VERSION.sub(lambda found: f"version: {int(found[1]) + 1}", source, count=1)
    if changed == source:
        raise click.ClickException("the definition has no version to change")
    (folder / f"{FORM_ID}.yaml").write_text(changed, encoding="utf-8")
    return folder


def _seconds(*arguments: str) -> float:
    """How long a command takes.

    Raises:
        click.ClickException: It failed.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "shenbao", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - begun
    if done.returncode != 0:
        raise click.ClickException(f"shenbao {arguments[0]} failed: {done.stderr}")
    return taken


if __name__ == "__main__":
    main()
