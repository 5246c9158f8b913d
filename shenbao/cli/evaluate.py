"""``shenbao evaluate``: how right an extraction is."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.evaluate import Discrepancy, Report


@click.command(
    name="evaluate",
    help="比较提取结果与标准答案（均为 JSON Lines，标准答案按文件夹分组）。\n\n"
    "Compares what `shenbao extract` printed with truth files, both JSON lines; where the truth "
    "lies in several folders, each has its column. Shares 'folded' forgive full- and half-width "
    "forms of the same character; white space never counts.",
)
@click.argument("predicted", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("truth", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--errors", is_flag=True, help="列出每处错误 / list every wrong value")
@click.option("--json", "as_json", is_flag=True, help="JSON 输出 / print JSON")
@click.option(
    "--forms",
    "forms_dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="自己的版式文件夹 / folder with layouts of your own",
)
def command(
    predicted: Path, truth: Path, errors: bool, as_json: bool, forms_dir: Path | None
) -> None:
    """Prints shares by group of fields; exit code 3 where the truth holds no declaration."""
    from pipeline.definitions import definitions_in_use
    from pipeline.evaluate import evaluate
    from pipeline.evaluate.evaluate import read_json_lines
    from shenbao.cli.reading import EXIT_NOTHING_DONE

    report = evaluate(
        read_json_lines(predicted),
        read_json_lines(truth),
        definitions=definitions_in_use(forms_dir),
    )
    if as_json:
        whole: dict[str, object] = report.to_json()
        if errors:
            whole["errors"] = [asdict(error) for error in report.errors]
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        _print_table(report)
        _print_acceptance(report)
        for error in report.errors if errors else ():
            click.echo(_line(error))
    if report.groups["all"].declarations == 0:
        click.echo("标准答案里没有申报表 / the truth holds no declaration", err=True)
        sys.exit(EXIT_NOTHING_DONE)


def _line(error: Discrepancy) -> str:
    got, want = (json.dumps(v, ensure_ascii=False) for v in (error.got, error.want))
    review = "待复核 in review" if error.in_review else "未提示 silent"
    return f"{error.file}\t{error.path or error.group}\t{got}\t{want}\t{review}"


def _print_table(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="准确率 / accuracy")
    table.add_column("")
    for name in report.groups:
        table.add_column(name, justify="right")
    for name in (
        "declarations", "missing", "spurious", "short", "marks", "long_chars", "paragraph_edits",
        "values", "wrong", "silent",
    ):  # fmt: skip
        table.add_row(name, *(str(getattr(score, name)) for score in report.groups.values()))
    table.add_section()
    shares = [score.shares() for score in report.groups.values()]
    for name in dict.fromkeys(name for group in shares for name in group):
        table.add_row(name, *(_percent(group.get(name)) for group in shares))
    Console().print(table)


def _print_acceptance(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    from pipeline.evaluate.confidence import acceptance, calibration_error, reliability

    error = calibration_error(reliability(report.judged))
    table = Table(
        "规则 / rule",
        "免复核 / accepted",
        "其中有误 / wrong among them",
        title="不经人看而采用 / accepted without a person",
        caption=f"置信度校准误差 / calibration error: {_percent(error)}",
    )
    for rule in acceptance(report.judged):
        share = rule.accepted / rule.values if rule.values else None
        table.add_row(rule.rule, _percent(share), f"{rule.wrong} / {rule.accepted}")
    Console().print(table)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.2f} %"
