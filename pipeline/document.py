"""What happens to one file, in order: open, read each page, match forms, normalize.

The one function that the serial, pool and later executors share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib.metadata import version
from pathlib import Path

from extractors.forms.matching import match_pages

from extractors.digital.reader import read_digital_page
from extractors.errors import InputFileError
from extractors.evidence import PageEvidence
from extractors.files.markup import MarkupPage, MarkupSource
from extractors.files.pdf import PdfPage, PdfSource
from extractors.files.picture import PicturePage, PictureSource
from extractors.files.source import Source, open_source
from extractors.forms.definition import FormDefinition
from extractors.forms.raw import RawDeclaration, RawRecord, RawUnmatched
from extractors.markup.reading import read_markup
from extractors.ocr.engines import text_engine
from extractors.picture.reading import read_picture
from normalizers.declaration import normalize, normalize_unmatched
from normalizers.records import Extraction, Failure, Record
from pipeline.definitions import definitions_in_use
from pipeline.options import Options

EXTRACTOR_VERSION = version("shenbao")


def process_document(path: Path, options: Options) -> Extraction:
    """Reads one file.

    A page that cannot be read becomes a `Failure` among the records; the others go on. A file
    that cannot be opened gives a single `Failure`.

    Raises:
        EngineError: The text engine is missing or broke; no file could be read then.
        FormDefinitionError: A definition is wrong.
    """
    definitions = _definitions(options.forms_dir)
    try:
        source = open_source(path, options.limits)
    except InputFileError as error:
        return _unopened(path, options, error)
    with closing(source):
        pages: list[PageEvidence] = []
        failures: list[Failure] = []
        for result in _read_pages(source, options):
            (pages if isinstance(result, PageEvidence) else failures).append(result)  # type: ignore[arg-type]
        records = [_normalized(raw, definitions) for raw in match_pages(pages, definitions)]
        return Extraction(
            path=str(path),
            sha256=source.sha256,
            page_count=source.page_count,
            engine=options.engine,
            extractor_version=EXTRACTOR_VERSION,
            records=tuple(sorted([*records, *failures], key=_first_page)),
            kind=_KINDS[type(source)],
            byte_size=path.stat().st_size,
            page_kinds=tuple(p.kind for p in pages),
        )


def read_page(page: PdfPage | PicturePage | MarkupPage, engine: str) -> PageEvidence:
    """Evidence of one page, by the way its kind asks for.

    Args:
        page: Of an open source.
        engine: Text recognizer for pictures.
    """
    if isinstance(page, MarkupPage):
        return read_markup(page.text)
    if isinstance(page, PdfPage) and page.content is not None:
        return read_digital_page(page.number, page.content, page.render)
    image = page.render()
    return read_picture(image.pixels, image.dpi, page.number, text_engine(engine))


def _read_pages(source: Source, options: Options) -> Iterator[PageEvidence | Failure]:
    for number in range(1, source.page_count + 1):
        try:
            yield read_page(source.page(number), options.engine)
        except InputFileError as error:
            yield Failure(error.code, error.message, number)


_KINDS = {PdfSource: "pdf", PictureSource: "picture", MarkupSource: "markup"}


@cache
def _definitions(forms_dir: Path | None) -> tuple[FormDefinition, ...]:
    return definitions_in_use(forms_dir)


def _unopened(path: Path, options: Options, error: InputFileError) -> Extraction:
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    return Extraction(
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        page_count=0,
        engine=options.engine,
        extractor_version=EXTRACTOR_VERSION,
        records=(Failure(error.code, error.message, error.page),),
    )


def _normalized(raw: RawRecord, definitions: tuple[FormDefinition, ...]) -> Record:
    if isinstance(raw, RawDeclaration):
        definition = next(d for d in definitions if d.id == raw.form_id)
        return normalize(raw, definition)
    if isinstance(raw, RawUnmatched):
        return normalize_unmatched(raw)
    return raw


def _first_page(record: Record) -> int:
    if isinstance(record, Failure):
        return record.page or 0
    pages = record.raw.pages if hasattr(record, "raw") else record.pages  # type: ignore[union-attr]
    return pages[0] if pages else 0
