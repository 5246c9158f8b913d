"""The group of commands and how it ends: exit codes, errors in one line, no tracebacks."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "audit": "audit",
    "correct": "correct",
    "diff": "diff",
    "evaluate": "evaluate",
    "export": "export",
    "extract": "extract",
    "finding": "finding",
    "forms": "forms",
    "ingest": "ingest",
    "query": "query",
    "reextract": "reextract",
    "replace": "replace",
    "search": "search",
    "upgrade": "upgrade",
}
"""Command → module of this package; a module is imported when its command is asked for."""

SHORT_HELP = {
    "audit": "审核 / run the audit rules, store and print findings and ledger",
    "correct": "更正一个栏目 / correct a field; what was read stays beside it",
    "diff": "两次读数之间的变化 / what changed between two readings",
    "evaluate": "与标准答案比较准确率 / accuracy against truth files",
    "export": "导出数据库 / write the database as JSON lines, CSV, Excel or Parquet",
    "extract": "读文件，打印结果 / read files, print what is found",
    "finding": "发现的处理 / accept or dismiss findings",
    "forms": "版式定义 / known layouts",
    "ingest": "读文件入库 / read files into the database",
    "reextract": "用今天的程序重读存档 / read the archive again by today's code",
    "replace": "更正后的扫描件替换先前的 / a corrected scan in the place of an earlier one",
    "query": "查询 / named or free read-only queries",
    "search": "全文检索 / full text of all values",
    "upgrade": "升级数据库 / bring the tables of an older release up to date",
}


class _Commands(click.Group):
    """Commands that are imported only when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"shenbao.cli.{COMMANDS[cmd_name]}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(SHORT_HELP.items()))

    def invoke(self, ctx: click.Context) -> Any:
        from extractors.errors import ShenbaoError

        try:
            return super().invoke(ctx)
        except ShenbaoError as error:
            click.echo(f"错误 / error: {error} [{error.code}]", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output has left; what it wanted, it got.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def _print_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from shenbao import __version__

        click.echo(f"shenbao {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="申报表入库：扫描件、PDF、OCR 文本变成可核对的记录。\n\n"
    "Scans, PDFs and OCR'd text of declaration forms into records with their proof.\n\n"
    "退出码 / exit codes: 0 全部成功 all well; 1 部分失败 some failed, the rest is done; "
    "2 用法有误 wrong usage; 3 什么都没做成 nothing could be done.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="版本 / print the version",
)
def main() -> None:
    """Groups the commands."""
