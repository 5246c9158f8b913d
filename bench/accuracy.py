"""Command: how right and how fast the extraction is on the generated suite.

``python -m bench.accuracy --seeds 0:60 --half measure --out build/measure`` prints and scans the
suite (once), reads it, and writes ``report.md``, ``report.json``, ``errors.txt``,
``reliability.svg`` and the records of each part beside the suite. ``--form`` does it for another
layout than the home form: by its id, or by a file of blocks that names its definition.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.calibrate import PICTURE_ENGINES
from bench.measure import Measured, measure, write_records
from bench.reliability import reliability_svg
from bench.suite import Part, files_of, generator_version, print_suite
from bench.table import as_json, as_markdown, error_lines, rows
from pipeline.evaluate.confidence import reliability
from pipeline.options import EXTRACTOR_VERSION, Options
from samples.generate import DEFAULT_LEVELS, chosen_seeds
from samples.printing import FormName, form_id, forms_dir_of
from samples.scan import Level
from samples.truth import FORM_ID

BOUND_COUNT = 5
"""Declarations in a bound archive."""
FILE_WIDTH = 160
"""Characters a line may have where no terminal folds it."""
BOUND_LEVELS = (Level.CLEAN, Level.OFFICE)


@click.command()
@click.option("--seeds", default="0:60", show_default=True, help="first:end, end excluded")
@click.option("--half", type=click.Choice(["tune", "measure"]), help="even or odd seeds only")
@click.option("--levels", default=",".join(DEFAULT_LEVELS), show_default=True)
@click.option("--bound", default=0, show_default=True, help="so many bound archives as well")
@click.option(
    "--form",
    type=FormName(),
    default=FORM_ID,
    show_default=True,
    help="layout that is printed and read: id, or a file of blocks as in samples/layouts",
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(min=1))
@click.option("--engine", default="rapidocr", type=click.Choice(["rapidocr", "tesseract"]))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
def main(  # noqa: PLR0913, PLR0917 -- one a command line option, passed by name
    seeds: str,
    half: str | None,
    levels: str,
    bound: int,
    form: str,
    workers: int,
    engine: str,
    out: Path,
) -> None:
    """Prints the table of accuracy; writes reports, records and every error to --out."""
    chosen = tuple(chosen_seeds(seeds, half))
    if bound and form != FORM_ID:
        raise click.UsageError(f"archives are made of {FORM_ID} only; leave out --form or --bound")
    parts = [Part(Level(name), chosen, form=form) for name in levels.split(",") if name]
    if bound:
        parts += [Part(level, chosen[:bound], BOUND_COUNT) for level in BOUND_LEVELS]
    options = Options(engine=engine, forms_dir=forms_dir_of(form))
    measures = _measure_all(parts, out, options, workers)
    (out / "report.md").write_text(as_markdown(measures), "utf-8")
    report = as_json(
        measures,
        seeds=seeds,
        half=half,
        form=form_id(form),
        engine=engine,
        workers=workers,
        extractor=EXTRACTOR_VERSION,
        generator=generator_version(),
    )
    (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    judged = [j for m in measures for j in m.judged if j.engine in PICTURE_ENGINES]
    diagram = reliability_svg(reliability(judged), title=f"seeds {seeds}, {half or 'all'}")
    (out / "reliability.svg").write_text(diagram, "utf-8")
    (out / "errors.txt").write_text("\n".join(error_lines(measures)) + "\n", "utf-8")
    _print_table(measures)


def _measure_all(
    parts: Sequence[Part], out: Path, options: Options, workers: int
) -> list[Measured]:
    suite = out / "suite"
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    measures = []
    with Progress(*columns, console=Console(stderr=True)) as progress:
        printing = progress.add_task("printing and scanning", total=1)
        print_suite(parts, suite, workers=workers)
        progress.advance(printing)
        for part in parts:
            task = progress.add_task(part.name, total=len(files_of(part, suite)))
            measured, records = measure(
                part,
                suite,
                options,
                workers=workers,
                on_file=partial(progress.advance, task),
            )
            write_records(out / f"{part.name.replace(' ', '-')}.jsonl", records)
            measures.append(measured)
    return measures


def _print_table(measures: Sequence[Measured]) -> None:
    table = Table(title="accuracy")
    table.add_column("", no_wrap=True)
    for measured in measures:
        table.add_column(measured.part, justify="right")
    for label, cells in rows(measures):
        table.add_row(label, *cells)
    terminal = Console()
    console = terminal if terminal.is_terminal else Console(width=FILE_WIDTH)
    console.print(table)


if __name__ == "__main__":
    main()
