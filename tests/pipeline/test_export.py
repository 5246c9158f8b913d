import csv
import io
import json
import zipfile

import pytest
from extraction_samples import declaration, extraction, failed

from db.store import RunInfo, open_store
from extractors.errors import InputFileError
from normalizers.contract_json import to_contract
from pipeline.export import ExportFormat, csv_cells, export, json_line


@pytest.fixture
def filled(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        run = store.start_run(RunInfo("0.1.0", "rapidocr", "f"))
        store.save(extraction(), run)
        formula = declaration('=HYPERLINK("http://x")', "-5.00")
        store.save(extraction(formula, sha256="cd" * 32, path="乙.pdf"), run)
        store.save(failed(sha256="ef" * 32, path="丙.pdf"), run)
        yield store


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_json_lines_equal_what_extract_prints(filled, tmp_path):
    out = tmp_path / "out.jsonl"
    given = extraction()
    expected = b"".join(json_line(to_contract(r, given)) for r in given.records)
    assert export(filled, ExportFormat.JSONL, out) == 6
    assert out.read_bytes().startswith(expected)
    assert json.loads(out.read_bytes().splitlines()[-1])["error"]["code"] == "file_encrypted"


def test_csv_opens_in_a_spreadsheet_with_chinese_and_without_formulas(filled, tmp_path):
    out = tmp_path / "tables"
    export(filled, ExportFormat.CSV, out)
    assert (out / "declarations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    names = [row["project_name"] for row in table(out, "declarations")]
    assert names == ["河道养护", '\'=HYPERLINK("http://x")']
    amounts = {
        r["value_amount"] for r in table(out, "field_values") if r["path"] == "annual_budget"
    }
    assert amounts == {"1300000.50", "-5.00"}
    assert {row["code"] for row in table(out, "failures")} == {"page_too_large", "file_encrypted"}
    assert not list(tmp_path.glob(".*partial"))


def test_csv_in_a_zip_holds_the_same_tables(filled, tmp_path):
    export(filled, ExportFormat.CSV, tmp_path / "tables")
    export(filled, ExportFormat.CSV, tmp_path / "tables.zip")
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {p.name: p.read_bytes() for p in (tmp_path / "tables").iterdir()}


def test_exporting_again_replaces(filled, tmp_path):
    for _ in range(2):
        export(filled, ExportFormat.CSV, tmp_path / "tables")
        export(filled, ExportFormat.JSONL, tmp_path / "out.jsonl")
    assert len(table(tmp_path / "tables", "documents")) == 3


def test_an_unwritable_place_is_an_error(filled, tmp_path):
    with pytest.raises(InputFileError) as caught:
        export(filled, ExportFormat.JSONL, tmp_path / "no" / "such" / "folder.jsonl")
    assert caught.value.code == "export_not_writable"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_becomes_a_formula(start):
    assert csv_cells([f"{start}1+1", "1=1"]) == [f"'{start}1+1", "1=1"]


def test_cells_that_are_no_text_stay_as_they_are():
    given = [None, True, False, -3, 0.5, ["甲"], {"a": None}]
    assert csv_cells(given) == ["", "true", "false", "-3", "0.5", '["甲"]', '{"a": null}']
    stream = io.StringIO()
    csv.writer(stream).writerow(csv_cells(['a"b,c\nd']))
    assert next(csv.reader(io.StringIO(stream.getvalue()))) == ['a"b,c\nd']
