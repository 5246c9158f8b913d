"""What a form is printed by: its definition and its blocks, named by an id or by a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from extractors.errors import ShenbaoError
from extractors.forms.definition import FormDefinition
from extractors.forms.loader import builtin_definitions, load_definition
from samples.blocks import LAYOUTS, BlockLayout, load_layout
from samples.truth import FORM_ID


@dataclass(frozen=True, slots=True)
class Printing:
    """A form that can be printed.

    Attributes:
        definition: Its fields and the spellings of their labels.
        layout: Its blocks and what is entered in them.
        forms_dir: Folder that reads it again; ``None`` where the definition comes along.
    """

    definition: FormDefinition
    layout: BlockLayout
    forms_dir: Path | None


def load_printing(form: str) -> Printing:
    """A form by the id of a definition that comes along, or by the path of a file of blocks.

    Raises:
        FormDefinitionError: The definition that the file names is wrong.
        OSError: There is no such file.
    """
    if form in printable_forms():
        definition = next(d for d in builtin_definitions() if d.id == form)
        return Printing(definition, load_layout(LAYOUTS / f"{form}.yaml"), None)
    path = Path(form)
    layout = load_layout(path)
    file = path.parent / layout.form
    return Printing(load_definition(file), layout, file.parent)


def printable_forms() -> tuple[str, ...]:
    """Ids of the forms whose blocks come along, beside the home form."""
    return tuple(sorted(path.stem for path in LAYOUTS.glob("*.yaml")))


def form_id(form: str) -> str:
    """Id of a form that is named by its id or by the path of its blocks."""
    return form if form == FORM_ID else load_printing(form).definition.id


def forms_dir_of(form: str) -> Path | None:
    """Folder of definitions that reads a form; ``None`` where it comes along."""
    return None if form == FORM_ID else load_printing(form).forms_dir


class FormName(click.ParamType[str]):
    """A form on the command line: an id, or a file of blocks that names its definition."""

    name = "form"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id, or the file's full path."""
        if value in {FORM_ID, *printable_forms()}:
            return value
        if not Path(value).is_file():
            known = ", ".join((FORM_ID, *printable_forms()))
            self.fail(f"{value!r} is no file, and none of {known}", param, ctx)
        try:
            load_printing(value)
        except (ShenbaoError, OSError, KeyError) as error:
            self.fail(f"{value}: {error}", param, ctx)
        return str(Path(value).resolve())
