import subprocess
import sys
import time

import pytest

from shenbao import __version__
from shenbao.cli.main import COMMANDS, SHORT_HELP

HELP_SECONDS = 0.5


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


@pytest.mark.parametrize("arguments", [["--help"], ["ingest", "--help"], ["extract", "--help"]])
def test_help_is_quick(arguments):
    command = [sys.executable, "-m", "shenbao", *arguments]
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < HELP_SECONDS


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
