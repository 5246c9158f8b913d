"""Peers started in their own environment, and what they read judged as ours is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peer_pieces import PeerFile, from_line
from bench.peer_values import record_of
from bench.suite import Part, truth_file
from extractors.forms.definition import FormDefinition
from pipeline.definitions import definitions_in_use
from pipeline.evaluate import Discrepancy, Score, evaluate
from pipeline.evaluate.evaluate import ALL, read_json_lines

ROOT = Path(__file__).parents[1]
OURS = "shenbao"
PEERS: Mapping[str, tuple[str, ...]] = {
    "img2table": ("img2table", "rapidocr", "onnxruntime"),
    "pdfplumber": ("pdfplumber",),
    "rapidocr": ("rapidocr", "onnxruntime"),
    "tesseract": ("pytesseract",),
}
"""Each peer with the distributions it needs."""
INSTALL = "python -m venv .venv-peers && .venv-peers/bin/pip install -e '.[peers]'"
INSTALL_TESSERACT = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"
ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
FORM = "sh_2019"
"""Layout of the generated suite."""
_ASK_VERSIONS = """
import importlib.metadata, json, sys
found = {}
for name in sys.argv[1:]:
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps(found))
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reader on one part of the suite.

    Attributes:
        reader: Its name.
        part: Name of the part.
        score: Accuracy.
        errors: Every wrong value.
        cpu_seconds_per_page: Processor time, which does not count what else the machine does.
    """

    reader: str
    part: str
    score: Score
    errors: tuple[Discrepancy, ...]
    cpu_seconds_per_page: float


def versions(python: Path) -> dict[str, str]:
    """Versions of the peers' distributions that an interpreter finds; none where it is missing."""
    if shutil.which(python) is None:
        return {}
    names = sorted({name for needed in PEERS.values() for name in needed})
    asked = subprocess.run(
        [python, "-c", _ASK_VERSIONS, *names], check=True, capture_output=True, text=True
    )
    found: dict[str, str] = json.loads(asked.stdout)
    return found


def missing_because(peer: str, installed: Mapping[str, str], python: Path) -> str:
    """Why a peer cannot run and how to install it; ``""`` where it can."""
    lacking = [name for name in PEERS[peer] if name not in installed]
    if lacking:
        return f"{peer} is left out: {', '.join(lacking)} missing in {python}; run: {INSTALL}"
    if peer == "tesseract" and shutil.which(peer) is None:
        return f"{peer} is left out: its program is missing; run: {INSTALL_TESSERACT}"
    return ""


def read_with(peer: str, python: Path, files: Sequence[Path]) -> list[PeerFile]:
    """Has a peer read files in one process of its own.

    Raises:
        CalledProcessError: It failed; what it said is on stderr.
    """
    command = [str(python.absolute()), "-m", "bench.peer_read", peer, *map(str, files)]
    done = subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    return [from_line(line) for line in done.stdout.splitlines()]


def judge_peer(
    peer: str, part: Part, suite: Path, read: Sequence[PeerFile]
) -> tuple[Entry, list[dict[str, Any]]]:
    """Finds the values in what a peer read, and compares them with the truth.

    Returns:
        The measure, and the records.
    """
    definitions = definitions_in_use(None)
    definition = _definition(definitions)
    found = [record_of(file, peer, definition) for file in read]
    records = [record for record in found if record is not None]
    truth = read_json_lines(truth_file(part, suite))
    report = evaluate(records, truth, definitions=definitions)
    seconds = sum(file.seconds for file in read) / max(sum(file.pages for file in read), 1)
    return Entry(peer, part.name, report.groups[ALL], report.errors, seconds), records


def _definition(definitions: Sequence[FormDefinition]) -> FormDefinition:
    return next(definition for definition in definitions if definition.id == FORM)
