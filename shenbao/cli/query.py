"""``shenbao query``: named questions, and free ones that only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from shenbao.cli.options import as_of_option, db_option, format_option

if TYPE_CHECKING:
    from datetime import datetime

    from db.queries import QueryResult


@click.command(
    name="query",
    help="不带参数时列出有名字的查询。SQL 里宜用视图 current_declarations 和 current_values："
    "amount_yuan 以元计；SQLite 表中的金额以分存放。\n\n"
    "Without arguments lists the named queries. In SQL, prefer the views current_declarations and "
    "current_values: amount_yuan is in yuan; the tables of SQLite hold amounts in fen (1/100).",
)
@click.argument("name", required=False)
@click.option(
    "--param", "params", multiple=True, metavar="K=V", help="查询的参数 / parameter of the query"
)
@click.option("--sql", help="一条 SELECT / one SELECT of your own")
@format_option("table", "csv", "json")
@as_of_option
@db_option
def command(
    name: str | None,
    params: tuple[str, ...],
    sql: str | None,
    out_format: str,
    as_of: datetime | None,
    db: str,
) -> None:
    """Lists, answers a named query, or answers free SQL."""
    if name is not None and sql is not None:
        raise click.UsageError("NAME 与 --sql 只能用一个 / give NAME or --sql, not both")
    if params and name is None:
        raise click.UsageError("--param 属于有名字的查询 / --param goes with NAME")
    given = dict(_pair(param) for param in params)
    from db.queries import run_named, run_sql
    from db.queries.catalogue import find_query
    from db.store import open_store

    if name is None and sql is None:
        _print_catalogue()
        return
    if name is not None:
        find_query(name).bind(given)
    with open_store(db, create=False) as store:
        if sql is not None:
            result = run_sql(store, sql, as_of)
        else:
            result = run_named(store, name or "", given, as_of)
    _print(result, out_format)
    if name is not None and len(result.rows) == find_query(name).bind(given).get("limit"):
        click.echo(
            f"只列出前 {len(result.rows)} 行，可用 --param limit=N 放宽 / only the first "
            f"{len(result.rows)} rows; --param limit=N gives more",
            err=True,
        )


def _pair(param: str) -> tuple[str, str]:
    key, equals, value = param.partition("=")
    if not equals or not key:
        raise click.UsageError(f"--param 应为 K=V / --param takes K=V, not {param!r}")
    return key, value


def _print_catalogue() -> None:
    from db.queries import named_queries

    for query in named_queries().values():
        click.echo(f"{query.name}\n    {query.zh}\n    {query.en}")
        for name, parameter in query.parameters.items():
            default = "" if parameter.default is None else f" [{parameter.default}]"
            click.echo(
                f"    --param {name}=<{parameter.type}>{default}  {parameter.zh} / {parameter.en}"
            )


def _print(result: QueryResult, out_format: str) -> None:
    from shenbao.cli.tables import print_csv, print_table

    if out_format == "csv":
        print_csv(result)
    elif out_format == "json":
        import json

        for row in result.rows:
            values = dict(zip(result.columns, row, strict=True))
            click.echo(json.dumps(values, ensure_ascii=False, default=str))
    else:
        print_table(result)
