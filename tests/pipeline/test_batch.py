"""What libraries may do to a worker, and what a batch makes of it."""

import subprocess
import sys
import threading
import time
from multiprocessing import resource_tracker
from pathlib import Path

import pytest
from faults import DOZE_S, PAGES, cannot_begin, read_with_faults

from extractors.errors import EngineError
from normalizers.records import Failure
from pipeline.batch import MAX_LOST_PAGES, run_batch
from pipeline.options import Options

TIMEOUT_S = 6.0
ALL = [1, 2, 3, 4, 5]
MEMORY_MIB = 2048


def outcomes(tmp_path, *names, workers=2):
    """What each file gave: page numbers, or codes of failures with their pages."""
    files = [tmp_path / f"{name}.pdf" for name in names]
    for file in files:
        file.write_text(file.name, encoding="utf-8")
    options = Options(timeout_s=TIMEOUT_S, memory_mib=MEMORY_MIB)
    found = {}
    for extraction in run_batch(files, options, workers, read=read_with_faults):
        name = extraction.path.rpartition("/")[2].removesuffix(".pdf")
        assert name not in found
        found[name] = [
            (r.code, r.page) if isinstance(r, Failure) else r.pages[0] for r in extraction.records
        ]
    return found


@pytest.mark.parametrize("fault", ["crash", "exit"])
def test_a_page_that_kills_its_worker_is_lost_and_nothing_else(tmp_path, fault):
    died = "worker_died"
    assert outcomes(tmp_path, "good_1", f"{fault}_2", "good_3", "good_4") == {
        "good_1": ALL,
        f"{fault}_2": [1, (died, 2), 3, 4, 5],
        "good_3": ALL,
        "good_4": ALL,
    }


def test_a_page_that_never_ends_is_stopped(tmp_path):
    begun = time.monotonic()
    found = outcomes(tmp_path, "hang_2", "good_1", "hang_0")
    assert found == {
        "hang_2": [1, ("timeout", 2), 3, 4, 5],
        "good_1": ALL,
        "hang_0": [("timeout", None)],
    }
    assert time.monotonic() - begun < 6 * TIMEOUT_S


def test_time_counts_by_page_not_by_file(tmp_path):
    assert PAGES * DOZE_S > TIMEOUT_S > DOZE_S
    assert outcomes(tmp_path, "doze_all") == {"doze_all": ALL}


def test_a_page_that_eats_memory_ends_its_worker_only(tmp_path):
    found = outcomes(tmp_path, "eat_3", "good_1")
    assert found == {"eat_3": [1, 2, ("worker_died", 3), 4, 5], "good_1": ALL}


def test_a_file_that_kills_on_every_page_is_given_up(tmp_path):
    assert outcomes(tmp_path, "crash_all", "crash_0", "good_1", workers=1) == {
        "crash_all": [("worker_died", MAX_LOST_PAGES + 1)],
        "crash_0": [("worker_died", None)],
        "good_1": ALL,
    }


def test_a_missing_engine_ends_the_batch(tmp_path):
    with pytest.raises(EngineError) as caught:
        outcomes(tmp_path, "good_1", "engine_1")
    assert caught.value.exit_code == 3


def test_what_libraries_print_stays_out_of_the_output(tmp_path, capfd):
    outcomes(tmp_path, "chatter_1")
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_end_with_the_batch(tmp_path, workers):
    resource_tracker.ensure_running()  # a child of this process, once and for all
    before = children()
    files = [tmp_path / f"good_{i}.pdf" for i in range(3)]
    batch = run_batch(files, Options(), workers, read=read_with_faults)
    next(batch)
    assert len(children() - before) == workers
    batch.close()
    assert children() == before


def test_workers_are_replaced_without_losing_files(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.batch.JOBS_PER_WORKER", 2)
    names = [f"good_{i}" for i in range(1, 6)]
    assert outcomes(tmp_path, *names) == dict.fromkeys(names, ALL)


def test_processes_that_cannot_start_end_the_batch(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.batch.begin", cannot_begin)
    with pytest.raises(EngineError) as caught:
        outcomes(tmp_path, "good_1")
    assert caught.value.code == "workers_failed"


def test_the_callers_main_module_is_not_run_again(tmp_path):
    script = tmp_path / "unguarded.py"
    script.write_text(UNGUARDED.format(path=sys.path), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("begun\n5\n", "")


UNGUARDED = """
import sys
from pathlib import Path
print("begun", flush=True)
sys.path[1:] = {path}
from faults import read_with_faults
from pipeline.batch import run_batch
from pipeline.options import Options
(found,) = run_batch([Path(__file__)], Options(), 1, read=read_with_faults)
print(len(found.records))
"""


def children():
    pids = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text(encoding="ascii")
    return set(pids.split())
