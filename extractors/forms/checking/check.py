"""All checks of a definition's file in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from extractors.forms.checking.complaint import Complaint, Severity, error, warning
from extractors.forms.checking.entries import (
    check_keys,
    check_known,
    check_options,
    check_titles,
)
from extractors.forms.checking.labels import check_labels
from extractors.forms.checking.outline import outline_of
from extractors.forms.definition import FormDefinition
from extractors.forms.loader import read_yaml, schema_complaints

_RULES = (check_titles, check_keys, check_labels, check_options, check_known)


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found.

    Attributes:
        definition: ``None`` where the file breaks the schema.
        complaints: By line.
    """

    definition: FormDefinition | None
    complaints: tuple[Complaint, ...]

    @property
    def errors(self) -> tuple[Complaint, ...]:
        """Complaints that make the definition wrong."""
        return tuple(c for c in self.complaints if c.severity is Severity.ERROR)


def check_file(path: Path) -> Report:
    """Every complaint about a definition, the schema's and those about its meaning.

    Args:
        path: YAML 1.2 file, UTF-8.

    Raises:
        FormDefinitionError: The file cannot be read or is not YAML.
    """
    data, root = read_yaml(path)
    found: list[Complaint] = []
    definition: FormDefinition | None = None
    try:
        definition = FormDefinition.model_validate(data)
    except ValidationError as wrong:
        found += [error(line, text) for line, text in schema_complaints(root, wrong)]
    outline = outline_of(root)
    found += [complaint for rule in _RULES for complaint in rule(outline)]
    if outline.id.text and outline.id.text != path.stem:
        found.append(
            warning(
                outline.id.line,
                f"文件名应为 {outline.id.text}.yaml / the file should be named after its id",
            )
        )
    return Report(definition, tuple(sorted(found, key=lambda c: c.line)))
