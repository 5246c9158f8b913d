"""``shenbao search``: where a text stands in the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from shenbao.cli.options import as_of_option, db_option, format_option

if TYPE_CHECKING:
    from datetime import datetime

    from db.search.find import Hit

COLUMNS = (
    "declaration", "form_id", "year", "applicant", "project_name", "file", "path", "page",
    "snippet",
)  # fmt: skip


@click.command(
    name="search",
    help="全文检索：任意长度的中文、数字、字母，空格、标点、大小写和全半角不计；命中处以【】标出，"
    "新入库的在前。\n\n"
    "Full text of all values: Chinese of any length, digits and letters; spaces, punctuation, case "
    "and width do not count. Hits stand in 【】, what came last comes first.",
)
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="最多几条 / at most"
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    help="只找这个栏目，如 project_name、indicators/target；可重复 / only this field; repeatable",
)
@format_option("table", "csv", "json")
@as_of_option
@db_option
def command(
    text: str,
    limit: int,
    fields: tuple[str, ...],
    out_format: str,
    as_of: datetime | None,
    db: str,
) -> None:
    """Prints the hits."""
    from db.search.find import search
    from db.store import open_store

    with open_store(db, create=False) as store:
        hits = search(store, text, limit=limit, fields=fields, as_of=as_of)
    if out_format == "json":
        for hit in hits:
            _print_json(hit)
        return
    from db.queries import QueryResult
    from shenbao.cli.tables import print_csv, print_table

    rows = tuple(tuple(getattr(hit, column) for column in COLUMNS) for hit in hits)
    (print_csv if out_format == "csv" else print_table)(QueryResult(COLUMNS, rows))


def _print_json(hit: Hit) -> None:
    import json

    box = None if hit.bbox is None else [hit.bbox.x0, hit.bbox.y0, hit.bbox.x1, hit.bbox.y1]
    values = {name: getattr(hit, name) for name in COLUMNS}
    click.echo(json.dumps(values | {"bbox": box}, ensure_ascii=False))
