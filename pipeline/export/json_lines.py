"""JSON lines: what `shenbao extract` printed, rebuilt from the rows."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from db.store import Store, storable
from normalizers.contract_json import to_contract
from normalizers.records import Extraction


def write_json_lines(store: Store, out: Path, as_of: datetime | None) -> int:
    """One record a line; how many."""
    count = 0
    with out.open("wb") as stream:
        for extraction in store.current_extractions(as_of):
            for record in contract_objects(extraction):
                stream.write(json_line(record))
                count += 1
    return count


def contract_objects(extraction: Extraction) -> Iterator[dict[str, object]]:
    """What `shenbao extract` prints of a file: its records as objects of JSON types."""
    named = dataclasses.replace(extraction, path=storable(extraction.path))
    return (to_contract(record, named) for record in named.records)


def json_line(record: dict[str, Any]) -> bytes:
    """One record as a line of UTF-8."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"
