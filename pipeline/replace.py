"""A corrected scan takes the place of an earlier one, and keeps its number, history, corrections.

Declarations are paired by form, year, applicant and project. A form with other names is refused:
the mistake of replacing the wrong project's form would look like a revision for ever. A person may
insist, where what was read of the names is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.replacements import (
    Replaced,
    Said,
    find_replaced,
    names_of,
    same_names,
    save_replacement,
)
from db.store import Store
from db.write_extraction import Added
from extractors.errors import RequestError
from normalizers.records import Declaration, Failure
from pipeline.archive_folder import ArchiveFolder
from pipeline.job import Job


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a replacement did.

    Attributes:
        old_path: Name of the earlier file.
        numbers: Declarations that stand from the new file now.
        failures: Pages of the new file that could not be read; the file itself, if nothing was.
        added: What became of every declaration of the new file; ``None`` if it was not read.
    """

    old_path: str
    numbers: tuple[int, ...]
    failures: tuple[Failure, ...]
    added: Added | None


def replace(
    store: Store, job: Job, old_name: str, new_file: Path, *, archive: ArchiveFolder, said: Said
) -> Replacement:
    """Reads the new file and puts it in the place of the earlier one.

    Args:
        store: Open database.
        job: What the new file is read with.
        old_name: Declaration number, or SHA-256 or its first digits.
        new_file: The corrected scan.
        archive: Keeps its bytes.
        said: What the person said.

    Raises:
        RequestError: ``replacement_differs``, ``replacement_same``, ``replacement_without_form``,
            or what `find_replaced` raises; nothing was changed.
        InputFileError: ``file_changed``: the new file changed while it was read.
        StoreError: The database or the archive folder fails; nothing was changed.
    """
    old = find_replaced(store, old_name)
    (extraction,) = job.read([new_file])
    if extraction.is_failed:
        return Replacement(old.path, (), extraction.failures, None)
    if extraction.sha256 == old.sha256:
        raise RequestError(
            "新旧文件的内容相同，无须替换 / both files have the same bytes; nothing to replace",
            code="replacement_same",
            path=str(new_file),
        )
    found = {
        ordinal: record
        for ordinal, record in enumerate(extraction.records)
        if isinstance(record, Declaration)
    }
    onto = _onto(old, found, new_file, forced=said.forced)
    archive.keep(new_file, extraction.sha256)
    run_id = store.start_run(job.run_info())
    added = save_replacement(store, extraction, run_id, old, onto, said)
    store.finish_run(run_id)
    return Replacement(old.path, tuple(sorted(onto.values())), extraction.failures, added)


def _onto(
    old: Replaced, found: Mapping[int, Declaration], new_file: Path, *, forced: bool
) -> dict[int, int]:
    """Ordinal of each new declaration that replaces one, and the number of that one."""
    onto: dict[int, int] = {}
    for number, before in old.standing.items():
        same = [o for o, after in found.items() if o not in onto and same_names(before, after)]
        if same:
            onto[same[0]] = number
    left = [number for number in old.standing if number not in onto.values()]
    free = [ordinal for ordinal in found if ordinal not in onto]
    if not left:
        return onto
    if not free:
        raise RequestError(
            "新文件里没有可替换的申报表："
            f"{_listed(old, left)} / the new file holds no declaration for it; scan it again",
            code="replacement_without_form",
            path=str(new_file),
        )
    if forced and len(left) == len(free) == 1:
        return {**onto, free[0]: left[0]}
    raise RequestError(
        f"名称不一致，未替换 / the names differ, nothing was replaced\n"
        f"  库中 / in the database: {_listed(old, left)}\n"
        f"  新文件 / in the new file: {'; '.join(names_of(found[o]) for o in free)}\n"
        "如确为同一项目，请加 --force（每次一份申报表） / if it is the same project, add --force, "
        "one declaration at a time",
        code="replacement_differs",
        path=str(new_file),
    )


def _listed(old: Replaced, numbers: list[int]) -> str:
    return "; ".join(f"{number}: {names_of(old.standing[number])}" for number in numbers)
