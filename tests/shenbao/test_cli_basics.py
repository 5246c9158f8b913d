import resource
import subprocess
import sys

import pytest

from shenbao import __version__
from shenbao.cli.main import COMMANDS, SHORT_HELP

HELP_SECONDS = 0.5
HEAVY = {
    "cv2", "numpy", "onnxruntime", "pandas", "pdfplumber", "PIL", "pydantic", "pypdfium2",
    "rapidocr", "rich", "ruamel", "sqlalchemy",
}  # fmt: skip
"""Each costs a tenth of a second or more to import."""


def test_version(run):
    assert run("--version").output == f"shenbao {__version__}\n"


def test_help_names_every_command(run):
    output = run("--help").output
    assert set(COMMANDS) == set(SHORT_HELP)
    assert all(f"  {name} " in output for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_bilingual_help(run, name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert any("\u4e00" <= character <= "\u9fff" for character in result.output)


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_quick_because_it_imports_little(arguments):
    command = [sys.executable, "-X", "importtime", "-m", "shenbao", *arguments]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in listing.splitlines()}
    assert "click" in imported
    assert imported & HEAVY == set()


def test_help_is_quick():
    before = processor_seconds()
    subprocess.run([sys.executable, "-m", "shenbao", "--help"], check=True, capture_output=True)
    assert processor_seconds() - before < HELP_SECONDS


def processor_seconds():
    """Used by all programs that were started and have ended; other tests do not disturb it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["ingest", "x.pdf", "--workers", "0"],
        ["ingest", "x.pdf", "--executor", "ray"],
        ["extract", "x.pdf", "--engine", "magic"],
        ["query", "declarations", "--sql", "SELECT 1"],
        ["query", "declarations", "--param", "year"],
        ["query", "--param", "year=1"],
        ["query", "no_such_query"],
        ["export", "--format", "docx", "-o", "x"],
        ["forms", "check", "nowhere.yaml"],
        ["nonsense"],
    ],
)
def test_wrong_usage_ends_with_2(run, arguments):
    assert run(*arguments).exit_code == 2
