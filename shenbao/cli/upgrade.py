"""``shenbao upgrade``: the tables of an older release brought up to date."""

from __future__ import annotations

import click

from shenbao.cli.options import db_option


@click.command(
    name="upgrade",
    help="把旧版本建立的数据库升级到当前版本；要么全部完成，要么不变。请先备份。\n\n"
    "Brings a database of an older release up to date, all of it or nothing. Make a copy first.",
)
@db_option
def command(db: str) -> None:
    """Upgrades, and says from what to what."""
    from db.store import upgrade_store

    before, after = upgrade_store(db)
    if before == after:
        click.echo(f"已是最新 / up to date: {after}")
    else:
        click.echo(f"已升级 / upgraded: {before} → {after}")
