"""What Excel's, Parquet's and CSV's own readers read back equals the database."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
from extraction_samples import declaration, extraction, failed
from openpyxl.utils.escape import unescape

from db.current_tables import current_tables
from db.models import AuditRun, FindingDeclaration, FindingRow
from db.store import RunInfo, open_store
from db.table_rows import ColumnKind, TableColumn, TableRows
from pipeline.export import ExportFormat, csv_cells, export, workbook
from pipeline.export.form_tables import form_tables
from pipeline.export.workbook import SUMMARY, write_workbook

NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x.example")',
    "http://x.example/a",
    "河道养护",
    "第一段\n第二段",
    "a\tb\rc\r\nd",
    "\x01\x0b\x1f\x7f",
    "_x0041_",
    "𠮷野家😀",
    "  两边有空格  ",
    "12345678901234567890",
    "TRUE",
]


@pytest.fixture
def filled(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        run = store.start_run(RunInfo("0.1.0", "rapidocr", "f"))
        store.save(extraction(), run)
        for number, name in enumerate(NASTY):
            amount = ["-5.00", "0.01", "99999999999999.99"][number % 3]
            record = declaration(name, amount, year=2000 + number)
            store.save(extraction(record, sha256=f"{number:064}", path=f"{number}.pdf"), run)
        store.save(failed(sha256="ef" * 32, path="丙.pdf"), run)
        yield store


def tables(store):
    """Name → columns and rows, as the database has them."""
    found = {}
    for source in (current_tables, form_tables):
        for table in source(store):
            found[table.name] = (table.columns, list(table.rows))
    return found


def cell(value, kind):
    """What an Excel cell is expected to give back."""
    if value is None:
        return None
    if kind is ColumnKind.JSON:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return float(value) if abs(value) < 10**13 else str(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value


def same(got, expected):
    if isinstance(got, str) and isinstance(expected, str):
        return unescape(got) == expected
    if isinstance(expected, datetime):
        return abs(got - expected) <= timedelta(milliseconds=1)
    if isinstance(expected, float):
        return got == pytest.approx(expected, rel=1e-15)
    return got == expected


def test_excel_reads_what_the_database_holds(filled, tmp_path):
    count = export(filled, ExportFormat.XLSX, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    expected = tables(filled)
    assert book.sheetnames == [SUMMARY, *expected]
    assert count == sum(len(rows) for _, rows in expected.values())
    for name, (columns, rows) in expected.items():
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        got = [row[: len(columns)] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert [c.value for c in sheet[1]] == [c.name for c in columns]
        assert len(got) == len(rows)
        for got_row, row in zip(got, rows, strict=True):
            for value, wanted, column in zip(got_row, row, columns, strict=True):
                assert same(value, cell(wanted, column.kind)), (name, column, value, wanted)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(filled, tmp_path):
    export(filled, ExportFormat.XLSX, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f" or c.hyperlink]
    sheet = book["form_sh_2019"]
    place = [c.value for c in sheet[1]].index("project_name")
    names = {row[place] for row in sheet.iter_rows(values_only=True)}
    assert {"=1+1", "+1", "-1", "@SUM(A1)"} <= names


def test_parquet_reads_what_the_database_holds(filled, tmp_path):
    count = export(filled, ExportFormat.PARQUET, tmp_path / "out")
    expected = tables(filled)
    assert count == sum(len(rows) for _, rows in expected.values())
    assert {p.stem for p in (tmp_path / "out").iterdir()} == expected.keys()
    for name, (columns, rows) in expected.items():
        read = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert read.column_names == [c.name for c in columns]
        got = list(zip(*(column.to_pylist() for column in read.columns), strict=True))
        kinds = [c.kind for c in columns]
        assert got == [
            tuple(
                json.dumps(v, ensure_ascii=False) if k is ColumnKind.JSON and v is not None else v
                for v, k in zip(row, kinds, strict=True)
            )
            for row in rows
        ]
    assert str(read.schema.field("annual_budget").type) == "decimal128(20, 2)"
    assert str(read.schema.field("start_date").type) == "date32[day]"


def test_csv_reads_what_the_database_holds(filled, tmp_path):
    export(filled, ExportFormat.CSV, tmp_path / "out")
    for name, (columns, rows) in tables(filled).items():
        with (tmp_path / f"out/{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            header, *got = csv.reader(stream)
        assert header == [c.name for c in columns]
        assert got == [csv_cells(row) for row in rows]


def book_of(tmp_path, columns, rows, name="t"):
    table = TableRows(name, tuple(TableColumn(n, k) for n, k in columns), iter(rows))
    assert write_workbook([table], tmp_path / "t.xlsx") == len(rows)
    return openpyxl.load_workbook(tmp_path / "t.xlsx")


def test_a_long_table_goes_on_on_the_next_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "SHEET_ROWS", 4)
    name = "unmatched_with_a_name_longer_than_31"
    book = book_of(tmp_path, [("n", ColumnKind.INTEGER)], [(n,) for n in range(7)], name)
    sheets = book.sheetnames[1:]
    assert sheets == [name[:31], f"{name[:29]}_2", f"{name[:29]}_3"]
    read = [[c.value for c in book[sheet]["A"]] for sheet in sheets]
    assert read == [["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6]]
    assert [c.value for c in book[SUMMARY]["C"]][1:4] == [3, 3, 1]


@pytest.mark.parametrize("character", ["字", "😀"])
def test_a_text_longer_than_a_cell_is_cut_and_said_so(tmp_path, character):
    book = book_of(tmp_path, [("t", ColumnKind.TEXT)], [("短",), (character * 40_000,)])
    kept = book["t"]["A3"].value
    assert kept.endswith("…（截断 cut）")
    assert len(kept.encode("utf-16-le")) // 2 in {32_766, 32_767}
    remarks = [c.value for c in book[SUMMARY]["D"] if c.value]
    assert any("t!A3" in remark for remark in remarks)


def test_what_excel_would_round_or_mistake_is_text(tmp_path):
    columns = [("a", ColumnKind.AMOUNT), ("i", ColumnKind.INTEGER), ("d", ColumnKind.DATE)]
    columns += [("m", ColumnKind.MOMENT), ("f", ColumnKind.NUMBER)]
    early = datetime(1, 1, 1, tzinfo=UTC)
    rows = [
        (Decimal("92233720368547758.07"), 2**62, date(1900, 2, 28), early, float("inf")),
        (Decimal("9999999999999.99"), 10**14, date(1900, 3, 1), None, 0.1),
    ]
    first, second = book_of(tmp_path, columns, rows)["t"].iter_rows(min_row=2, values_only=True)
    assert first == (
        "92233720368547758.07",
        str(2**62),
        "1900-02-28",
        "0001-01-01T00:00:00+00:00",
        "inf",
    )
    assert second == (9999999999999.99, 10**14, datetime(1900, 3, 1), None, 0.1)


def test_rows_are_taken_one_by_one(tmp_path, monkeypatch):
    """No writer asks for all rows at once: memory stays flat."""
    from pipeline.export import parquet

    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 10)
    table = TableRows("n", (TableColumn("n", ColumnKind.INTEGER),), ((n,) for n in range(25)))
    assert parquet.write_parquet([table], tmp_path / "p") == 25
    assert pq.ParquetFile(tmp_path / "p/n.parquet").num_row_groups == 3


def test_findings_lead_to_their_declarations(filled, tmp_path):
    moment = datetime.now(UTC)
    with filled.session(writes=True) as session:
        session.add(
            AuditRun(version="1", rules=["r"], parameters={}, started_at=moment, finished_at=moment)
        )
        session.flush()
        session.add(
            FindingRow(
                audit_run_id=1,
                rule="r",
                outcome="fail",
                severity="high",
                message="合计不符",
                fingerprint="f",
            )
        )
        session.flush()
        session.add(
            FindingDeclaration(
                finding_id=1, position=0, filing_id=3, declaration_id=3, paths=["project_name"]
            )
        )
    export(filled, ExportFormat.XLSX, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for table in ("finding_declarations", "finding_evidence"):
        header = [c.value for c in book[table][1]]
        linked = book[table].cell(2, header.index("declaration_id") + 1)
        assert linked.value == 3
        sheet, _, place = linked.hyperlink.location.partition("!")
        assert book[sheet.strip("'")][place].value == 3
    evidence = dict(zip(header, [c.value for c in book["finding_evidence"][2]], strict=True))
    assert (evidence["position"], evidence["path"], evidence["page"]) == (0, "project_name", 1)
