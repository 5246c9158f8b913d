"""Form definitions from their YAML files, with file and line in every complaint."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from extractors.errors import FormDefinitionError
from extractors.forms.definition import FormDefinition

_CODE = "form_definition"


def load_definition(path: Path | Traversable) -> FormDefinition:
    """One form definition.

    Args:
        path: YAML 1.2 file, UTF-8.

    Raises:
        FormDefinitionError: The file cannot be read, is not YAML or breaks the schema; the
            message begins with ``file:line``.
    """
    data, root = read_yaml(path)
    try:
        return FormDefinition.model_validate(data)
    except ValidationError as error:
        raise _schema_error(path, root, error) from error


def read_yaml(path: Path | Traversable) -> tuple[object, Node | None]:
    """A YAML file as plain data, and as nodes that know their lines.

    Args:
        path: YAML 1.2 file, UTF-8.

    Raises:
        FormDefinitionError: The file cannot be read or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormDefinitionError(
            f"版式文件无法读取，请检查路径与编码 / cannot read the definition: {error}",
            code=_CODE,
            path=str(path),
        ) from error
    try:
        data = YAML(typ="safe", pure=True).load(text)
        return data, YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        raise _error(path, mark.line + 1 if mark else 1, f"YAML: {error}") from error


def builtin_definitions() -> tuple[FormDefinition, ...]:
    """The definitions that come with the distribution, by file name."""
    files = (f for f in resources.files("forms").iterdir() if f.name.endswith(".yaml"))
    return tuple(load_definition(f) for f in sorted(files, key=lambda f: f.name))


def _schema_error(
    path: Path | Traversable, root: Node | None, error: ValidationError
) -> FormDefinitionError:
    found = schema_complaints(root, error)
    complaints = [f"第 {line} 行 / line {line}: {text}" for line, text in found]
    return _error(path, found[0][0], "; ".join(complaints))


def schema_complaints(root: Node | None, error: ValidationError) -> list[tuple[int, str]]:
    """Line, from 1, and text of everything that breaks the schema.

    Args:
        root: The file's nodes.
        error: What the schema says of its data.
    """
    return [
        (_line_of(root, e["loc"]), f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}")
        for e in error.errors()
    ]


def _error(path: Path | Traversable, line: int, complaint: str) -> FormDefinitionError:
    return FormDefinitionError(
        f"版式定义有误，请改正后再试 / the form definition is wrong, correct it: {complaint}",
        code=_CODE,
        path=f"{path}:{line}",
    )


def _line_of(node: Node | None, location: Sequence[int | str]) -> int:
    """Line, from 1, of the deepest node on the way to ``location``."""
    line = 1
    for step in location:
        found: Node | None = None
        if isinstance(node, MappingNode):
            found = next((v for k, v in node.value if k.value == step), None)
        elif isinstance(node, SequenceNode) and isinstance(step, int):
            found = node.value[step] if step < len(node.value) else None
        if found is None:
            break
        node = found
        line = found.start_mark.line + 1
    return line
