"""``shenbao forms``: the known layouts, whether a definition is right, a draft of a new one."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shenbao.cli.options import engine_option, forms_option

if TYPE_CHECKING:
    from pipeline.drafting import Drafting

EXIT_WRONG = 2
EXIT_SOME_FAILED, EXIT_NOTHING_DONE = 1, 3
# What a draft is called until a person names it.
_UNNAMED = "my_form"
_FORM_ID = re.compile(r"[a-z][a-z0-9_]*")
_SEVERITIES = {"error": "错误 / error", "warning": "注意 / warning"}


@click.group(
    name="forms", help="版式定义：列出、检查、起草。\n\nKnown layouts: list, check, draft."
)
def command() -> None:
    """Groups the commands about layouts."""


@command.command(name="list", help="列出已知版式 / list the known layouts")
@forms_option
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
        sys.exit(EXIT_WRONG)
    definition = report.definition
    click.echo(
        f"{file}: 正确 / valid: {definition.id} v{definition.version}, "
        f"{len(definition.fields)} 栏 / fields"
    )


@command.command(
    name="draft",
    help="由一份样本起草版式文件，供人修改。\n\n"
    "Drafts a definition from one sample, for a person to finish.",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入新文件，不覆盖 / a new file, never overwritten; stdout if not given",
)
@forms_option
@engine_option
def draft(file: Path, out: Path | None, forms_dir: Path | None, engine: str) -> None:
    """Prints or writes YAML; what the draft rests on is named on stderr."""
    from extractors.forms.draft.writing import draft_yaml
    from pipeline.drafting import draft_layout
    from pipeline.options import Options

    if out is not None and out.exists():
        raise click.UsageError(f"{out} 已存在，请换一个名字 / exists already; choose another name")
    drafting = draft_layout(file, Options(engine=engine, forms_dir=forms_dir))
    _tell(file, drafting)
    if drafting.form is None:
        sys.exit(EXIT_NOTHING_DONE)
    is_id = out is not None and _FORM_ID.fullmatch(out.stem)
    text = draft_yaml(drafting.form, out.stem if out is not None and is_id else _UNNAMED)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write_new(out, text)
    sys.exit(EXIT_SOME_FAILED if drafting.failures else 0)


def _tell(file: Path, drafting: Drafting) -> None:
    """Names pages that failed, pages left out, and a sample without a table."""
    from shenbao.cli.reading import failure_line

    for failure in drafting.failures:
        click.echo(failure_line(str(file), failure), err=True)
    if drafting.form is None:
        click.echo(
            f"{file}: 没有找到表格，无法起草；版式须有框线表格 / "
            "no ruled table found; a layout is described by its table",
            err=True,
        )
        return
    rest = sorted(set(range(1, drafting.page_count + 1)) - set(drafting.form.pages))
    if rest:
        click.echo(
            f"{file}: 只用了第 {_numbers(drafting.form.pages)} 页，其余 {_numbers(rest)} 未用 / "
            f"drafted from page {_numbers(drafting.form.pages)}; not used: {_numbers(rest)}",
            err=True,
        )


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def _write_new(out: Path, text: str) -> None:
    try:
        with out.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise click.UsageError(f"无法写入 / cannot write {out}: {error.strerror}") from error
