"""``shenbao forms``: the known layouts, and whether a definition is right."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_EXIT_WRONG = 2
_SEVERITIES = {"error": "错误 / error", "warning": "注意 / warning"}


@click.group(name="forms", help="版式定义：列出、检查。\n\nKnown layouts: list them, check one.")
def command() -> None:
    """Groups the commands about layouts."""


@command.command(name="list", help="列出已知版式 / list the known layouts")
@click.option(
    "--forms",
    "forms_dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="自己的版式文件夹 / folder with layouts of your own",
)
def list_forms(forms_dir: Path | None) -> None:
    """Prints id, version, name and number of fields."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.definitions import definitions_in_use

    table = Table("id", "版本 / version", "名称 / name", "栏目 / fields")
    for definition in definitions_in_use(forms_dir):
        table.add_row(
            definition.id, str(definition.version), definition.name, str(len(definition.fields))
        )
    Console().print(table)


@command.command(name="check", help="检查一个版式文件 / validate a definition")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(file: Path) -> None:
    """Names file and line of all that is wrong; ends with exit code 2 if anything is."""
    from extractors.forms.checking.check import check_file

    report = check_file(file)
    for complaint in report.complaints:
        word = _SEVERITIES[complaint.severity.value]
        click.echo(f"{file}:{complaint.line}: {word}: {complaint.message}", err=True)
    if report.errors or report.definition is None:
        sys.exit(_EXIT_WRONG)
    definition = report.definition
    click.echo(
        f"{file}: 正确 / valid: {definition.id} v{definition.version}, "
        f"{len(definition.fields)} 栏 / fields"
    )
