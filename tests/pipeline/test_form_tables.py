import csv
from datetime import date
from decimal import Decimal

import pytest
from extraction_samples import declaration, extraction

from db.store import RunInfo, open_store
from pipeline.export import ExportFormat, export
from pipeline.export.form_tables import form_tables


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as opened:
        yield opened


def saved(store, *extractions):
    run = store.start_run(RunInfo("0.1.0", "rapidocr", "f"))
    for one in extractions:
        store.save(one, run)


def test_a_row_for_each_declaration_and_a_column_for_each_field(store):
    saved(
        store,
        extraction(declaration("河道养护", "1300000.50")),
        extraction(declaration("林业", "0.10"), sha256="cd" * 32, path="乙.pdf"),
    )
    for table in form_tables(store):
        rows = [dict(zip(table.names, row, strict=True)) for row in table.rows]
    assert table.name == "form_sh_2019"
    assert [r["project_name"] for r in rows] == ["河道养护", "林业"]
    assert [r["annual_budget"] for r in rows] == [Decimal("1300000.50"), Decimal("0.10")]
    assert [r["file"] for r in rows][1] == "乙.pdf"
    first = rows[0]
    assert (first["fund_use/信息化"], first["fund_use/其他"]) == (True, False)
    assert first["fund_use/政府购买服务"] is None
    assert (first["start_date"], first["end_date"], first["year"]) == (
        date(2019, 1, 1),
        None,
        2019,
    )
    assert first["to_review"] > 0
    assert not any("/0/" in column for column in table.names)


def test_fields_keep_the_order_of_the_form(store):
    saved(store, extraction())
    (table,) = form_tables(store)
    fields = [c for c in table.names if c in {"title", "year", "applicant", "project_name"}]
    assert fields == ["title", "year", "applicant", "project_name"]


def test_an_empty_database_has_no_form_tables(store):
    assert list(form_tables(store)) == []


def test_csv_holds_them_without_formulas(store, tmp_path):
    saved(store, extraction(declaration("=1+1", "-5.00")))
    export(store, ExportFormat.CSV, tmp_path / "out")
    with (tmp_path / "out/form_sh_2019.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["project_name"], row["annual_budget"]) == ("'=1+1", "-5.00")
