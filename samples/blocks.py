"""How a form of any layout is printed, block by block, as data: a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

LAYOUTS = Path(__file__).parent / "layouts"
BlockKind = Literal["pairs", "parts", "goals", "rows", "sum_row"]
KINDS: tuple[BlockKind, ...] = ("pairs", "parts", "goals", "rows", "sum_row")
Recipe = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the table, as wide as the table.

    Attributes:
        kind: ``pairs``: label and value, one or several to a row; ``parts``: columns of such
            pairs beside a heading; ``goals``: long texts beside a heading; ``rows``: repeated
            rows, of two fields side by side; ``sum_row``: the row below repeated rows.
        fields: Keys, row by row for ``pairs``, column by column for ``parts``, else one group.
        heading: Spellings of the cell left of the block; one that comes twice is likelier.
        widths: Column of repeated rows → its share of the width, in any unit.
    """

    kind: BlockKind
    fields: tuple[tuple[str, ...], ...]
    heading: tuple[str, ...] = ()
    widths: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BlockLayout:
    """A form's blocks and what is entered in them.

    Attributes:
        blocks: Top to bottom.
        values: Field → how its value is made, see `samples.entries`.
        rows: Field with repeated rows → how they are made.
        levels: First level → second level → kind of indicator in the vocabulary.
        level_remarks: What may stand behind a first level.
        form: File of the definition, beside this one; blank where it comes along.
    """

    blocks: tuple[Block, ...]
    values: Mapping[str, Recipe]
    rows: Mapping[str, Recipe]
    levels: Mapping[str, Mapping[str, str]]
    level_remarks: tuple[str, ...]
    form: str


@lru_cache(maxsize=8)
def load_layout(path: Path) -> BlockLayout:
    """The blocks of a form.

    Raises:
        OSError: There is no such file.
    """
    data = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    return BlockLayout(
        blocks=tuple(_block(entry) for entry in data["blocks"]),
        values=data["values"],
        rows=data["rows"],
        levels=data.get("levels", {}),
        level_remarks=tuple(data.get("level_remarks", ("",))),
        form=data.get("form", ""),
    )


def _block(entry: Recipe) -> Block:
    kind = next(k for k in KINDS if k in entry)
    groups = entry[kind] if kind in {"pairs", "parts"} else [entry[kind]]
    heading = tuple(entry.get("heading", ()))
    return Block(kind, tuple(map(tuple, groups)), heading, entry.get("widths", {}))
