"""What an audit found, for people and programs: JSON lines, CSV, a workbook, a table."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from audit.ledger import AuditResult
from audit.verdict import OUTCOME_OF, Outcome
from db.audits import ReadDeclaration, ReadFinding, read_findings
from db.models import DeclarationRow
from db.store import Store
from extractors.errors import StoreError
from pipeline.export import csv_cells

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (
    "finding", "rule", "outcome", "severity", "message", "decision", "declaration", "form", "year",
    "applicant", "project_name", "evidence",
)  # fmt: skip
WIDE = 240
SHEET_ROWS = 1_048_575

Row = tuple[Any, ...]


def write_report(
    store: Store, result: AuditResult, *, out_format: str, out: Path | None, everything: bool
) -> None:
    """Prints the findings of a run, or writes them to a file.

    Args:
        store: Open database.
        result: The run.
        out_format: ``table``, ``json``, ``csv`` or ``xlsx``.
        out: File; standard output where there is none.
        everything: Whether outcomes other than findings are listed too.

    Raises:
        StoreError: ``out_unwritable``.
    """
    entries = report_entries(store, result, everything=everything)
    try:
        if out_format == "xlsx" and out is not None:
            _write_workbook(entries, result, out)
            return
        with _stream(out) as stream:
            if out_format == "json":
                for entry in entries:
                    stream.write(json.dumps(as_json(entry), ensure_ascii=False) + "\n")
            elif out_format == "csv":
                _write_csv(entries, stream)
            else:
                _write_table(entries, stream)
    except OSError as error:
        if out is None:
            raise
        raise StoreError(
            f"写不了 {out}，请检查文件夹和权限 / cannot write; check the folder: {error.strerror}",
            code="out_unwritable",
        ) from None


def report_entries(store: Store, result: AuditResult, *, everything: bool) -> Iterator[ReadFinding]:
    """The findings; then, if wanted, every outcome that made none, in the same shape."""
    yield from read_findings(store, result.run_id)
    if everything:
        yield from _other_outcomes(store, result)


def _other_outcomes(store: Store, result: AuditResult) -> Iterator[ReadFinding]:
    """Outcomes of every rule on every declaration that no finding lists already."""
    found_by = {Outcome.FAIL, Outcome.ERROR}
    listed: set[tuple[str, int]] = set()
    for finding in read_findings(store, result.run_id):
        listed.update((finding.rule, d.number) for d in finding.declarations)
    numbers = dict(zip(result.ledger.readings, result.ledger.numbers, strict=True))
    with store.session() as session:
        for reading, letters in result.ledger.packed():
            row = session.get_one(DeclarationRow, reading)
            who = ReadDeclaration(
                numbers[reading], row.form_id, row.year, row.applicant, row.project_name
            )
            session.expunge(row)
            for rule, letter in zip(result.ledger.rules, letters, strict=True):
                outcome = OUTCOME_OF[letter]
                if outcome not in found_by or (rule, who.number) not in listed:
                    yield ReadFinding(0, rule, outcome.value, "", "", "", "", [who], [])


def as_json(entry: ReadFinding) -> dict[str, object]:
    """As the contract has it; outcomes that made no finding have neither number nor decision."""
    numbered: dict[str, object] = (
        {"finding": entry.id, "decision": entry.decision} if entry.id else {}
    )
    return {
        "rule": entry.rule,
        "outcome": entry.outcome,
        "severity": entry.severity or None,
        "message": entry.message,
        "declarations": [
            {
                "id": d.number,
                "form": d.form,
                "year": d.year,
                "applicant": d.applicant,
                "project_name": d.project_name,
            }
            for d in entry.declarations
        ],
        "evidence": [
            {
                "declaration": e.number,
                "path": e.path,
                "page": e.page,
                "bbox": None if e.bbox is None else list(e.bbox),
            }
            for e in entry.evidence
        ],
    } | numbered


def _rows(entry: ReadFinding) -> Iterator[Row]:
    """One row a declaration."""
    head = (
        entry.id or None, entry.rule, entry.outcome, entry.severity, entry.message, entry.decision
    )  # fmt: skip
    if not entry.declarations:
        yield (*head, None, None, None, None, None, "")
    for d in entry.declarations:
        places = " ".join(
            e.path if e.page is None else f"{e.path}@{e.page}"
            for e in entry.evidence
            if e.number == d.number
        )
        yield (*head, d.number, d.form, d.year, d.applicant, d.project_name, places)


@contextmanager
def _stream(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    with out.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _write_csv(entries: Iterator[ReadFinding], stream: TextIO) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        for row in _rows(entry):
            writer.writerow(csv_cells(row))
        stream.write(text.getvalue())
        text.seek(0)
        text.truncate()
    stream.write(text.getvalue())


def _write_table(entries: Iterator[ReadFinding], stream: TextIO) -> None:
    """One line a finding, then the declarations it speaks of."""
    for entry in entries:
        number = f"[{entry.id}] " if entry.id else ""
        decided = "" if entry.decision in ("", "open") else f" ({entry.decision})"
        stream.write(f"{number}{entry.rule} {entry.outcome} {entry.severity}{decided}".rstrip())
        stream.write(f"\n    {entry.message[:WIDE]}\n" if entry.message else "\n")
        for d in entry.declarations:
            stream.write(
                f"    {d.number} {d.year or ''} {d.applicant or ''} {d.project_name or ''}\n"
            )


def _write_workbook(entries: Iterator[ReadFinding], result: AuditResult, out: Path) -> None:
    """Findings on one sheet, the ledger on another; text never becomes a formula."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    workbook = Workbook(
        str(out), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = workbook.add_format({"bold": True})
    sheets, line = 0, SHEET_ROWS
    sheet: Worksheet | None = None
    for entry in entries:
        for row in _rows(entry):
            if line >= SHEET_ROWS or sheet is None:
                sheets, line = sheets + 1, 1
                sheet = workbook.add_worksheet("findings" if sheets == 1 else f"findings_{sheets}")
                sheet.freeze_panes(1, 0)
                sheet.write_row(0, 0, COLUMNS, bold)
            for column, value in enumerate(row):
                _write_cell(sheet, line, column, value)
            line += 1
    ledger = workbook.add_worksheet("ledger")
    ledger.freeze_panes(1, 0)
    ledger.write_row(0, 0, ("rule", *(o.value for o in Outcome)), bold)
    for place, (rule, counts) in enumerate(result.ledger.counts().items(), start=1):
        ledger.write_string(place, 0, rule)
        for column, count in enumerate(counts.values(), start=1):
            ledger.write_number(place, column, count)
    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(0, str(error)) from None


def _write_cell(sheet: Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value)[:32_767])
