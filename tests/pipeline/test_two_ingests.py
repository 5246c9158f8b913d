"""Two programs that fill one database at the same time."""

import subprocess
import sys

from databases import connected
from samples_at_hand import COMMITTED
from sqlalchemy import text

FILES = ("decl_text.md", "decl_12_digital.pdf", "decl_18_digital.pdf", "cover_only.pdf")


def test_both_get_through_and_nothing_is_there_twice(url, tmp_path):
    command = [
        *(sys.executable, "-m", "shenbao", "ingest", "--executor", "serial"),
        *("--db", url, "--archive", tmp_path / "kept"),
        *(COMMITTED / name for name in FILES),
    ]
    programs = [
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(2)
    ]
    said = [program.communicate()[1] for program in programs]
    assert [program.returncode for program in programs] == [0, 0], said
    with connected(url) as connection:
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("documents", "extractions", "filings", "filing_versions")
        ]
    assert counts == [4, 4, 3, 3]
