"""From one sample file to a draft of its layout."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from extractors.evidence import PageEvidence
from extractors.files.source import open_source
from extractors.forms.draft.form import draft_form
from extractors.forms.draft.model import DraftForm
from normalizers.records import Failure
from pipeline.definitions import definitions_in_use
from pipeline.document import evidence_of
from pipeline.options import Options


@dataclass(frozen=True, slots=True)
class Drafting:
    """What became of a sample.

    Attributes:
        form: The draft; ``None`` where no ruled table was found.
        failures: Pages that could not be read.
        page_count: Pages of the file.
    """

    form: DraftForm | None
    failures: tuple[Failure, ...]
    page_count: int


def draft_layout(path: Path, options: Options) -> Drafting:
    """Drafts the layout of the first form in a file; reads in this process.

    Args:
        path: Any file that can be extracted.
        options: How to read it.

    Raises:
        InputFileError: The file cannot be opened.
        EngineError: The text engine is missing.
        FormDefinitionError: A definition is wrong.
    """
    definitions = definitions_in_use(options.forms_dir)
    pages: list[PageEvidence] = []
    failures: list[Failure] = []
    with closing(open_source(path, options.limits)) as source:
        count = source.page_count
        for number in range(1, count + 1):
            _, found = evidence_of(source, number, options.engine)
            if isinstance(found, PageEvidence):
                pages.append(found)
            else:
                failures.append(found)
    return Drafting(draft_form(pages, definitions), tuple(failures), count)
