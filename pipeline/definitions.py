"""Which form definitions an invocation reads with, and how to tell one such set from another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from extractors.errors import FormDefinitionError
from extractors.forms.definition import FormDefinition
from extractors.forms.loader import builtin_definitions, load_definition


def definitions_in_use(forms_dir: Path | None) -> tuple[FormDefinition, ...]:
    """The definitions that come along and those of a folder; one of the folder's goes first.

    Args:
        forms_dir: Folder of ``*.yaml`` files; a definition there replaces one of the same id.

    Raises:
        FormDefinitionError: A definition is wrong, or the folder holds none.
    """
    if forms_dir is None:
        return builtin_definitions()
    own = tuple(load_definition(path) for path in sorted(forms_dir.glob("*.yaml")))
    if not own:
        raise FormDefinitionError(
            "文件夹里没有版式定义 (*.yaml) / no form definitions (*.yaml) in this folder",
            code="forms_missing",
            path=str(forms_dir),
        )
    replaced = {definition.id for definition in own}
    return own + tuple(d for d in builtin_definitions() if d.id not in replaced)


def fingerprint(definitions: Iterable[FormDefinition]) -> str:
    """SHA-256, hexadecimal, over the full content of the definitions, whatever their order."""
    contents = sorted(definition.model_dump_json() for definition in definitions)
    return hashlib.sha256("\n".join(contents).encode()).hexdigest()
