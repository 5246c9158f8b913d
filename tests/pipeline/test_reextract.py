"""The archive read again: new readings beside the old, from kept bytes, without reading pages."""

import shutil

import pytest
from click.testing import CliRunner
from samples_at_hand import COMMITTED
from sqlalchemy import func, select

import pipeline.document
import pipeline.job
from db.corrections import correct
from db.models import DeclarationRow, ExtractionRow, FilingVersion, Run
from db.store import open_store
from extractors.errors import RequestError
from pipeline.archive_place import archive_of
from pipeline.executors import Executor
from pipeline.ingest import NoProgress, ingest
from pipeline.job import Job
from pipeline.options import Options
from pipeline.reextract import Selection, reextract, select_files
from shenbao.cli import main

NAMES = ("decl_12_digital.pdf", "decl_18_digital.pdf")
FIELD = "annual_budget"


class Archive:
    """Two born-digital files in a database, their originals gone."""

    def __init__(self, tmp_path):
        self.db = f"sqlite:///{tmp_path / 'x.db'}"
        self.kept = archive_of(self.db)
        self.forms = None
        folder = tmp_path / "filed"
        folder.mkdir()
        for name in NAMES:
            shutil.copy(COMMITTED / name, folder)
        with open_store(self.db) as store:
            job = self.job("ingest")
            ingest(
                sorted(folder.iterdir()),
                store,
                job.run_info(),
                readings=job.read,
                progress=NoProgress(),
                archive=self.kept,
            )
        shutil.rmtree(folder)

    def job(self, command="reextract"):
        options = Options(page_cache=self.kept.pages, forms_dir=self.forms)
        return Job(options, command, Executor.SERIAL)

    def again(self, **selection):
        with open_store(self.db) as store:
            job = self.job()
            files = select_files(store, Selection(**selection), job)
            return reextract(files, store, job, archive=self.kept, progress=NoProgress())

    def scalars(self, statement):
        with open_store(self.db) as store, store.session() as session:
            return list(session.scalars(statement))


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path)


@pytest.fixture
def changed_forms(archive, tmp_path):
    """The home form's definition in its next version."""
    archive.forms = tmp_path / "forms"
    archive.forms.mkdir()
    source = COMMITTED.parents[1] / "forms" / "sh_2019.yaml"
    text = source.read_text(encoding="utf-8").replace("version: 2", "version: 3", 1)
    (archive.forms / "sh_2019.yaml").write_text(text, encoding="utf-8")
    return archive.forms


@pytest.fixture
def no_page_is_read(monkeypatch):
    def read_page(page, engine):
        raise AssertionError("read again")

    monkeypatch.setattr(pipeline.document, "read_page", read_page)


def test_all_again_adds_readings_and_changes_nothing(archive, no_page_is_read):
    summary = archive.again(everything=True)
    assert (summary.documents, summary.unchanged, summary.changed) == (2, 2, 0)
    assert not summary.failures
    assert archive.scalars(select(func.count()).select_from(DeclarationRow)) == [4]
    assert archive.scalars(select(FilingVersion.cause).order_by(FilingVersion.id)) == [
        "extraction",
        "extraction",
        "reextraction",
        "reextraction",
    ]
    assert archive.scalars(select(Run.command).order_by(Run.id)) == ["ingest", "reextract"]
    paths = archive.scalars(select(ExtractionRow.path).distinct())
    assert {path.rpartition("/")[2] for path in paths} == set(NAMES)


def test_nothing_is_outdated_until_definitions_or_code_change(archive, monkeypatch):
    assert archive.again().documents == 0
    monkeypatch.setattr(pipeline.job, "parser_print", lambda: "new parser")
    assert archive.again().documents == 2
    assert archive.again().documents == 0


def test_a_changed_definition_is_read_without_reading_pages(
    archive, changed_forms, no_page_is_read
):
    assert archive.again().documents == 2
    versions = archive.scalars(select(DeclarationRow.form_version).order_by(DeclarationRow.id))
    assert versions == [2, 2, 3, 3]
    assert archive.again().documents == 0


def test_a_correction_is_carried(archive, changed_forms):
    with open_store(archive.db) as store:
        correct(store, 1, FIELD, "12345.67", author="张三", reason="核对原件")
    summary = archive.again()
    assert (summary.carried, summary.contradicted, summary.unplaced) == (1, 0, 0)
    with open_store(archive.db) as store, store.session() as session:
        last = session.scalars(
            select(FilingVersion).where(FilingVersion.filing_id == 1).order_by(FilingVersion.id)
        ).all()[-1]
        standing = session.get_one(DeclarationRow, last.declaration_id)
        values = {v.path: str(v.value_amount) for v in standing.values}
        cause = last.cause
    assert cause == "reextraction"
    assert values[FIELD] == "12345.67"


def test_one_file_by_the_digits_of_its_hash_and_files_of_a_form(archive):
    digits = archive.scalars(select(ExtractionRow.document_id).order_by(ExtractionRow.id))
    assert len(digits) == 2
    with open_store(archive.db) as store:
        files = select_files(store, Selection(everything=True), archive.job())
    assert archive.again(document=files[0].sha256[:10]).documents == 1
    assert archive.again(form="sh_2019").documents == 2
    assert archive.again(form="mof_2015").documents == 0


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        ({"document": "0" * 64}, "document_unknown"),
        ({"document": "0"}, "document_unknown"),
        ({"form": "no_such"}, "form_unknown"),
    ],
)
def test_what_is_not_there_is_named(archive, selection, code):
    with pytest.raises(RequestError) as caught:
        archive.again(**selection)
    assert caught.value.code == code
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_bytes_that_are_lost_fail_and_what_stood_stands(archive, harm):
    with open_store(archive.db) as store:
        file = select_files(store, Selection(everything=True), archive.job())[0]
    copy = archive.kept.path_of(file.sha256)
    copy.unlink()
    if harm == "damaged":
        copy.write_bytes((COMMITTED / "decl_31_digital.pdf").read_bytes())
    summary = archive.again(everything=True)
    assert [(path, f.code) for path, f in summary.failures] == [(file.path, f"archive_{harm}")]
    assert (summary.documents, summary.failed, summary.unchanged) == (2, 1, 1)
    assert summary.withdrawn == []
    assert archive.scalars(select(func.count()).select_from(DeclarationRow)) == [3]


def test_the_command(archive):
    invoke = CliRunner().invoke
    common = ["--db", archive.db, "--executor", "serial"]
    done = invoke(main, ["reextract", "--all", *common])
    assert done.exit_code == 0
    assert "重读文件" in done.stderr
    pool = ["--db", archive.db, "--executor", "pool", "--workers", "2"]
    assert invoke(main, ["reextract", "--all", *pool]).exit_code == 0
    shown = invoke(main, ["diff", "1", "--db", archive.db])
    assert "没有变化" in shown.stdout
    assert invoke(main, ["reextract", "--form", "no_such", *common]).exit_code == 2
    assert invoke(main, ["reextract", "--all", "--outdated", *common]).exit_code == 2
    assert invoke(main, ["reextract", "--db", archive.db + "x"]).exit_code == 3
