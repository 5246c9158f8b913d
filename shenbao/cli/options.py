"""Options that several commands share, spelled once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from shenbao import DEFAULT_DB

Command = TypeVar("Command", bound=Callable[..., Any])


def db_option(command: Command) -> Command:
    """``--db``, falling back to SHENBAO_DB."""
    return click.option(
        "--db",
        envvar="SHENBAO_DB",
        default=DEFAULT_DB,
        show_default=True,
        help="数据库 / database URL; also from SHENBAO_DB",
    )(command)


def archive_option(command: Command) -> Command:
    """``--archive``, falling back to SHENBAO_ARCHIVE."""
    return click.option(
        "--archive",
        envvar="SHENBAO_ARCHIVE",
        type=click.Path(path_type=Path, file_okay=False),
        help="原件存档文件夹 / folder that keeps the files' bytes; beside an SQLite database, "
        "else shenbao.archive, unless given; also from SHENBAO_ARCHIVE",
    )(command)


def as_of_option(command: Command) -> Command:
    """``--as-of``: the database as it stood at an earlier moment."""
    return click.option(
        "--as-of",
        metavar="MOMENT",
        callback=_moment,
        help="数据库在此刻的样子，如 2026-03-31（当日结束时） / "
        "as the database stood then, such as 2026-03-31 (the end of that day)",
    )(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--format``, one of ``formats``; the first unless given."""
    return click.option(
        "--format",
        "out_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="输出格式 / output format",
    )


def _moment(_context: click.Context, _option: click.Parameter, typed: str | None) -> Any:
    if typed is None:
        return None
    from db.past import parse_moment

    return parse_moment(typed)


def paths_argument(command: Command) -> Command:
    """``PATH...``: files or folders; a missing one is a failure of its own, not of the call."""
    return click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))(
        command
    )


def forms_option(command: Command) -> Command:
    """``--forms``: layouts beside those that come along."""
    return click.option(
        "--forms",
        "forms_dir",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="自己的版式文件夹 / folder with layouts of your own",
    )(command)


def engine_option(command: Command) -> Command:
    """``--engine``: what reads pictures."""
    return click.option(
        "--engine",
        type=click.Choice(["rapidocr", "tesseract"]),
        default="rapidocr",
        show_default=True,
        help="文字识别 / text recognizer",
    )(command)


def reading_options(command: Command) -> Command:
    """What files are read with."""
    for option in (
        click.option(
            "--executor",
            type=click.Choice(["serial", "pool", "ray"]),
            default="pool",
            show_default=True,
            help="执行方式 / in this process, in a pool of processes",
        ),
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            help="进程数 / processes of the pool",
        ),
        forms_option,
        engine_option,
    ):
        command = option(command)
    return command
