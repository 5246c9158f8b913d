import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import connected
from extraction_samples import declaration, extraction
from sqlalchemy import inspect, text

from db.engine import make_engine, parse_url, without_foreign_keys
from db.models import Base
from db.schema import MIGRATIONS, REVISIONS, migrate
from db.search.index import is_modelled
from db.store import open_store, upgrade_store
from extractors.errors import StoreError


def migrated(url, revision, *, down=False):
    engine = make_engine(parse_url(url))
    with without_foreign_keys(engine) as unchecked, unchecked.begin() as connection:
        migrate(connection, revision, down=down)
    engine.dispose()


def first_release(url):
    """A database as the first release left it: its tables, its version, no Alembic."""
    migrated(url, REVISIONS[0])
    with connected(url) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        moment = "'2026-01-02 03:04:05'"
        for statement in (
            f"INSERT INTO shenbao_schema VALUES (2, {moment})",
            f"INSERT INTO documents VALUES (1, 'ab', 'pdf', 2, 9, {moment})",
            f"INSERT INTO runs VALUES (1, '0.1.0', 'rapidocr', 'f', '{{}}', 'h', {moment}, NULL)",
            f"INSERT INTO runs VALUES (2, '0.1.1', 'rapidocr', 'f', '{{}}', 'h', {moment}, NULL)",
            *(
                "INSERT INTO extractions VALUES "
                f"({n}, 1, {n}, 'a.pdf', 2, '0.1.{n}', 'f', 'rapidocr', 'rapidocr', 'done', "
                f"NULL, NULL, {moment})"
                for n in (1, 2)
            ),
            *(
                "INSERT INTO declarations VALUES "
                f"({n}, {extraction}, {n - 1}, 'sh_2019', 2, {page}, {page}, '[{page}]', '{{}}', "
                f"'{{}}', NULL, 2019, '甲', '乙{n}')"
                for n, extraction, page in ((1, 1, 1), (2, 1, 2), (3, 2, 1))
            ),
            "INSERT INTO subprojects VALUES (1, 3, 0, '清淤', 100, '{}')",
        ):
            connection.exec_driver_sql(statement)


def test_the_steps_are_those_of_the_files():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    files = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(REVISIONS) == files[::-1]


def test_the_steps_lead_to_the_models(url):
    open_store(url).close()
    with connected(url) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_modelled}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_down_to_nothing_and_up_again(url):
    with open_store(url) as store:
        store.engine.dispose()
    migrated(url, "base", down=True)
    with connected(url) as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    migrated(url, REVISIONS[-1])
    with open_store(url) as store:
        run = store.start_run(run_info())
        store.save(extraction(), run)


def run_info():
    from db.store import RunInfo

    return RunInfo("0.1.0", "rapidocr", "f" * 64)


def test_each_step_back_and_forth_keeps_the_readings(store, url, run_info):
    given = extraction(declaration())
    store.save(given, store.start_run(run_info))
    for revision in REVISIONS[-2::-1]:
        migrated(url, revision, down=True)
    migrated(url, REVISIONS[-1])
    assert list(store.current_extractions()) == [given]
    with connected(url) as connection:
        assert connection.execute(text("SELECT count(*) FROM current_values")).scalar() == 22


def test_a_first_release_is_upgraded_and_nothing_is_lost(url):
    first_release(url)
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert caught.value.code == "db_older"
    assert "shenbao upgrade" in caught.value.message
    assert upgrade_store(url) == (REVISIONS[0], REVISIONS[-1])
    assert upgrade_store(url) == (REVISIONS[-1], REVISIONS[-1])
    with connected(url) as connection:
        found = connection.execute(
            text("SELECT id, reading_id, cause FROM current_declarations ORDER BY id")
        ).all()
        versions = connection.execute(
            text("SELECT filing_id, declaration_id, cause FROM filing_versions ORDER BY id")
        ).all()
        rows = connection.execute(text("SELECT count(*) FROM current_subprojects")).scalar()
    assert found == [(1, 3, "reextraction")]
    assert versions == [
        (1, 1, "extraction"),
        (2, 2, "extraction"),
        (1, 3, "reextraction"),
        (2, None, "withdrawn"),
    ]
    assert rows == 1


def test_sqlite_knows_how_rows_are_spread_in_indexes_that_an_upgrade_made(sqlite_url):
    first_release(sqlite_url)
    upgrade_store(sqlite_url)
    with connected(sqlite_url) as connection:
        known = connection.execute(text("SELECT idx FROM sqlite_stat1")).scalars().all()
    assert "ix_declarations_year_applicant_project_name" in known


def test_a_trial_version_is_not_upgraded(url):
    first_release(url)
    with connected(url) as connection:
        connection.execute(text("UPDATE shenbao_schema SET version = 1"))
    with pytest.raises(StoreError) as caught:
        upgrade_store(url)
    assert caught.value.code == "db_older"


AUDITED = (
    "INSERT INTO audit_runs VALUES (1, '0.1.0', '[\"r\"]', '{}', NULL, :moment, :moment)",
    "INSERT INTO findings VALUES (1, 1, 'r', 'fail', 'low', '不符', 'f')",
    "INSERT INTO findings VALUES (2, 1, 'r', 'fail', 'low', '无据', 'g')",
    "INSERT INTO finding_declarations VALUES "
    "(1, 1, 0, 1, 1), (2, 1, 1, 2, 2), (3, 2, 0, 2, 2), (4, 1, 2, 1, 1)",
    "INSERT INTO finding_evidence VALUES (1, 1, 0, 1, 'b'), (2, 1, 1, 1, 'a'), (3, 1, 2, 2, '\"')",
)
EVIDENCE = "SELECT finding_id, position, declaration_id, path FROM finding_evidence ORDER BY 1, 2"


def test_evidence_is_carried_into_lists_and_back(store, url, run_info):
    store.save(extraction(declaration(), declaration("乙")), store.start_run(run_info))
    store.engine.dispose()
    migrated(url, "shenbao_0005", down=True)
    with connected(url) as connection:
        for statement in AUDITED:
            connection.execute(text(statement), {"moment": "2026-01-02 03:04:05"})
        before = connection.execute(text(EVIDENCE)).all()
    migrated(url, REVISIONS[-1])
    with connected(url) as connection:
        lists = connection.execute(
            text("SELECT CAST(paths AS TEXT) FROM finding_declarations ORDER BY id")
        ).scalars()
        assert [json.loads(paths) for paths in lists] == [["b", "a"], ['"'], [], []]
        assert connection.execute(text(EVIDENCE)).all() == before
    migrated(url, "shenbao_0005", down=True)
    with connected(url) as connection:
        assert connection.execute(text(EVIDENCE)).all() == before
        ids = connection.execute(text("SELECT id FROM finding_evidence ORDER BY id")).scalars()
        assert list(ids) == [1, 2, 3]


def test_what_is_shown_of_values_to_review_comes_back(store, url, run_info):
    store.save(extraction(declaration()), store.start_run(run_info))
    shown = text("SELECT raw, page, confidence FROM issues ORDER BY id")
    of_values = text(
        "SELECT v.raw, v.page, v.confidence FROM issues AS i "
        "JOIN field_values AS v ON v.id = i.field_value_id ORDER BY i.id"
    )
    with connected(url) as connection:
        before = connection.execute(shown).all()
        assert before == connection.execute(of_values).all() != []
    store.engine.dispose()
    migrated(url, "shenbao_0006", down=True)
    migrated(url, REVISIONS[-1])
    with connected(url) as connection:
        assert connection.execute(shown).all() == before
