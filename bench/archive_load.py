"""An invented archive into a database, in bulk: as `shenbao ingest` would have left it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, Date, Table

from db.identity import bare
from db.models import Base
from db.models.columns import Money, UtcDateTime
from db.search.index import INDEX, POSTGRESQL_GIN, IndexedText, add_texts
from samples.content import Content
from samples.truth import FORM_ID

DECLARATIONS_AT_ONCE = 500
CACHE_KIB = 1_000_000
"""Of SQLite while loading: indexes are written at random places."""

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
REVISED_EVERY, CORRECTED_EVERY, DOUBTFUL_EVERY = 50, 100, 20
"""One declaration in so many has a second version, a person's correction, a value to review."""

LONG = (
    "overview", "basis", "necessity", "safeguards", "implementation_plan", "overall_goal",
    "annual_goal", "remarks",
)  # fmt: skip
MONEY = ("total_budget", "annual_budget", "prev_budget", "prev_execution")
COLUMN_OF = {bool: "value_bool", int: "value_int", Decimal: "value_amount", date: "value_date"}
TITLE = "上海市财政支出项目绩效目标申报表"

Row = dict[str, Any]


@dataclass(slots=True)
class Loader:
    """Numbers rows, and hands them to the database table by table."""

    connection: Connection
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    texts: list[IndexedText] = field(default_factory=list)

    def add(self, table: str, **values: Any) -> int:
        """Keeps a row for the next `flush`; its number."""
        self.numbers[table] += 1
        self.rows[table].append({"id": self.numbers[table]} | values)
        return self.numbers[table]

    def flush(self) -> None:
        """Writes what was kept, tables that others refer to first."""
        for table in Base.metadata.sorted_tables:
            if self.rows[table.name]:
                _write(self.connection, table, self.rows[table.name])
        add_texts(self.connection, self.texts)
        self.rows.clear()
        self.texts.clear()


def load(
    connection: Connection, contents: Iterator[Content], wanted: int, told: Callable[[int], None]
) -> None:
    """Adds so many declarations to an empty database with its tables."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    else:
        connection.exec_driver_sql(f"DROP INDEX ix_{INDEX}_words")
    loader = Loader(connection)
    run = loader.add(
        "runs", command="ingest", extractor_version="bench", engine="none",
        definitions_fingerprint="f" * 64, options={}, host="bench", started_at=BEGUN,
        finished_at=BEGUN,
    )  # fmt: skip
    for number, content in enumerate(islice(contents, wanted), start=1):
        _file(loader, run, number, content)
        if number % DECLARATIONS_AT_ONCE == 0:
            loader.flush()
            told(number)
    loader.flush()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '1GB'")
        connection.exec_driver_sql(POSTGRESQL_GIN)
    _set_sequences(connection, loader.numbers)


def _file(loader: Loader, run: int, number: int, content: Content) -> None:
    """One declaration in a file of its own; some in a second file, some corrected."""
    moment = BEGUN + timedelta(seconds=number)
    filing = loader.add("filings", created_at=moment)
    first = _read(loader, run, filing, content, moment, "first")
    _stands(loader, run, filing, first, "extraction", moment)
    if number % REVISED_EVERY == 0:
        later = moment + timedelta(days=30)
        second = _read(loader, run, filing, content, later, "revision")
        _stands(loader, run, filing, second, "revision", later)
    if number % CORRECTED_EVERY == 0:
        _correct(loader, filing, content, moment + timedelta(days=60))


def _read(
    loader: Loader, run: int, filing: int, content: Content, moment: datetime, link: str
) -> int:
    document = loader.numbers["documents"] + 1
    path = f"archive/{content.year}/{document:06}.pdf"
    loader.add(
        "documents", sha256=f"{document:064x}", kind="pdf", page_count=2, byte_size=100_000,
        first_seen=moment,
    )  # fmt: skip
    loader.add("document_paths", document_id=document, path=path, first_seen=moment)
    extraction = loader.add(
        "extractions", document_id=document, run_id=run, path=path, page_count=2,
        extractor_version="bench", definitions_fingerprint="f" * 64, engine="none",
        engine_used="none", attempt=0, status="done", error_code=None, error_message=None,
        saved_at=moment,
    )  # fmt: skip
    for page in (1, 2):
        loader.add(
            "pages", extraction_id=extraction, number=page, kind="picture", outcome="declaration",
            reason=None,
        )  # fmt: skip
    return _reading(loader, extraction, filing, content, moment, link)


def _reading(
    loader: Loader, extraction: int, filing: int, content: Content, moment: datetime, link: str,
    correction: int | None = None,
) -> int:  # fmt: skip
    names = (FORM_ID, str(content.year), content.applicant, content.project_name)
    reading = loader.add(
        "declarations", extraction_id=extraction, filing_id=filing, correction_id=correction,
        link=link, identity="|".join([names[0], *map(bare, names[1:])]), saved_at=moment,
        ordinal=0, form_id=FORM_ID, form_version=1, first_page=1, last_page=2, pages=[1, 2],
        row_keys={}, extras={}, title=TITLE, year=content.year, applicant=content.applicant,
        project_name=content.project_name,
    )  # fmt: skip
    for position, (path, kind, value) in enumerate(_values(content)):
        _value(loader, reading, position, path, kind, value)
    for position, row in enumerate(content.subprojects):
        loader.add(
            "subprojects", declaration_id=reading, position=position, name=row.name,
            amount=row.amount, extra={},
        )  # fmt: skip
    for position, one in enumerate(content.indicators):
        loader.add(
            "indicators", declaration_id=reading, position=position, level1=one.level1,
            level2=one.level2, level3=one.level3, target=one.target, parsed=_parsed(one.target),
            extra={},
        )  # fmt: skip
    return reading


def _values(content: Content) -> Iterator[tuple[str, str, Any]]:
    """Path, field type and value of everything, in the order of the form."""
    yield "title", "title", TITLE
    yield "year", "year", content.year
    yield "applicant", "text", content.applicant
    yield "project_name", "text", content.project_name
    for key, options in (("project_type", content.project_type), ("fund_use", content.fund_use)):
        for option in options:
            yield f"{key}/{option.label}", "choice", option.marked
    yield "start_date", "date", content.start_date
    yield "end_date", "date", content.end_date
    for key in LONG[:4]:
        yield key, "long_text", content.long_texts[key]
    for key in MONEY:
        yield key, "amount", content.amount(key)
    for number, row in enumerate(content.subprojects):
        yield f"subprojects/{number}/name", "text", row.name
        yield f"subprojects/{number}/amount", "amount", row.amount
    for key in LONG[4:7]:
        yield key, "long_text", content.long_texts[key]
    for number, one in enumerate(content.indicators):
        for column in ("level1", "level2", "level3"):
            yield f"indicators/{number}/{column}", "text", getattr(one, column)
        yield f"indicators/{number}/target", "target", one.target
    yield "remarks", "long_text", content.long_texts["remarks"]


def _value(loader: Loader, reading: int, position: int, path: str, kind: str, value: Any) -> None:
    typed: Row = dict.fromkeys(
        ("value_text", "value_amount", "value_date", "value_bool", "value_int")
    )
    if value is not None:
        typed[COLUMN_OF.get(type(value), "value_text")] = value
    raw = "☑" if kind == "choice" else "" if value is None else str(value)
    number = loader.add(
        "field_values", declaration_id=reading, unmatched_id=None, position=position, path=path,
        type=kind, raw=raw, unit="元" if kind == "amount" else None, page=1 + (position > 30),
        confidence=0.99, engine="ppocr", parsed=_parsed(value) if kind == "target" else [],
        x0=0.2, y0=0.3, x1=0.8, y1=0.32, **typed,
    )  # fmt: skip
    content = typed["value_text"] or raw
    if content and kind != "choice":
        loader.texts.append(IndexedText(number, path, content))
    if path == "annual_budget" and reading % DOUBTFUL_EVERY == 0:
        loader.add(
            "issues", field_value_id=number, declaration_id=reading, unmatched_id=None, position=0,
            path=path, code="low_confidence", message="识别把握不足 / low confidence", raw=raw,
            page=1 + (position > 30), confidence=0.99,
        )  # fmt: skip


@lru_cache(maxsize=10_000)
def _parsed(target: str) -> list[dict[str, str | None]]:
    """As `normalizers.targets` would have it: a figure, or words."""
    digits = "".join(c for c in target if c.isdigit())
    if not digits:
        return [{"operator": None, "value": None, "unit": None, "text": target}] if target else []
    unit = "%" if "%" in target else None
    return [{"operator": ">=", "value": digits, "unit": unit, "text": target}]


def _stands(
    loader: Loader, run: int | None, filing: int, reading: int, cause: str, moment: datetime
) -> None:
    loader.add(
        "filing_versions", filing_id=filing, declaration_id=reading, cause=cause, run_id=run,
        since=moment,
    )  # fmt: skip


def _correct(loader: Loader, filing: int, content: Content, moment: datetime) -> None:
    extraction = loader.numbers["extractions"]
    correction = loader.add(
        "corrections", filing_id=filing, extraction_id=extraction, path="project_name",
        row_texts=None, raw_seen=content.project_name, value_before=content.project_name,
        value_after=content.project_name, author="某甲", reason="核对原件", made_at=moment,
        undoes_id=None,
    )  # fmt: skip
    reading = _reading(loader, extraction, filing, content, moment, "first", correction)
    _stands(loader, None, filing, reading, "correction", moment)


def _write(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """By the driver's own fast way: ``executemany`` on SQLite, ``COPY`` on PostgreSQL."""
    sqlite = connection.dialect.name == "sqlite"
    columns = [column for column in table.columns if column.name in rows[0]]
    names = ", ".join(f'"{column.name}"' for column in columns)
    made = [(c.name, (_for_sqlite if sqlite else _for_postgresql)(c.type)) for c in columns]
    given = (
        [row[name] if to is None or row[name] is None else to(row[name]) for name, to in made]
        for row in rows
    )
    raw: Any = connection.connection.dbapi_connection
    if sqlite:
        places = ", ".join("?" for _ in columns)
        raw.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', given)
        return
    with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in given:
            copy.write_row(row)


Converter = Callable[[Any], Any]


def _for_sqlite(kind: Any) -> Converter | None:
    """How SQLite wants values of a column; ``None`` where as they are."""
    if isinstance(kind, JSON):
        return _json
    if isinstance(kind, Money):
        return lambda yuan: int(yuan.scaleb(2))
    if isinstance(kind, UtcDateTime):
        return lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    return (lambda day: day.isoformat()) if isinstance(kind, Date) else None


def _for_postgresql(kind: Any) -> Converter | None:
    return _json if isinstance(kind, JSON) else None


def _json(value: Any) -> str:
    return "[]" if value == [] else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set_sequences(connection: Connection, numbers: dict[str, int]) -> None:
    if connection.dialect.name == "postgresql":
        for table in numbers:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )


def tables_filled() -> Iterable[str]:
    """Names of all tables, for `ANALYZE`."""
    return (table.name for table in Base.metadata.sorted_tables)
