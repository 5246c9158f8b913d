"""What is installed, what is locked, and what goes into the wheel."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = [
    pattern.removesuffix("*")
    for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
]
OUTSIDE = ("samples", "bench", "tests")


@pytest.mark.parametrize("room", ROOMS)
def test_each_top_level_name_is_ours_alone(room):
    assert set(packages_distributions().get(room, ["shenbao"])) == {"shenbao"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_one_opencv_is_locked(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    names = {line.partition("==")[0] for line in lines if line.startswith("opencv")}
    assert names == {"opencv-python-headless"}


def test_one_opencv_is_installed():
    names = {d.name.lower().replace("_", "-") for d in distributions()}
    assert {n for n in names if n.startswith("opencv")} == {"opencv-python-headless"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_locked(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").lower().splitlines()
    locked = {line.partition("==")[0].partition("[")[0] for line in lines}
    wanted = {re.split(r"[>\[]", name)[0].lower() for name in PROJECT["project"]["dependencies"]}
    assert {name.replace(".", "-") for name in wanted} - locked == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    """Names in a wheel built from what is here."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", *ROOMS, *OUTSIDE):
        (source / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", out, source]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = out.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_all_code_and_data(wheel):
    wanted = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for pattern in ("*.py", "*.yaml", "*.sql", "py.typed")
        for path in (ROOT / room).rglob(pattern)
    }
    assert "forms/sh_2019.yaml" in wanted
    assert any(name.endswith(".sql") for name in wanted)
    assert wanted - wheel == set()


def test_the_wheel_holds_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(ROOMS)
