"""What happens to one file, in order: open, read each page, match forms, normalize.

The one function that the serial, pool and later executors share.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from extractors.digital.reader import read_digital_page
from extractors.errors import EngineError, FormDefinitionError
from extractors.evidence import PageEvidence, PageKind
from extractors.files.markup import MarkupPage
from extractors.files.pdf import PdfPage
from extractors.files.picture import PicturePage
from extractors.files.source import Source, open_source
from extractors.forms.definition import FormDefinition
from extractors.forms.matching import match_pages
from extractors.forms.raw import RawDeclaration, RawRecord, RawUnmatched
from extractors.markup.reading import read_markup
from extractors.ocr.engines import text_engine
from extractors.picture.reading import read_picture
from normalizers.declaration import normalize, normalize_unmatched
from normalizers.records import Extraction, Failure, Record, Unmatched
from pipeline.definitions import definitions_in_use
from pipeline.failures import failed_file, failure_of
from pipeline.options import EXTRACTOR_VERSION, Options
from pipeline.page_cache import PageCache

ENGINE_FAILED = "engine_failed"
"""Code of an engine that is there and works, and gave up on one page."""

AtPage = Callable[[int | None], None]
"""Is told the page that is begun; ``None`` for work on the file as a whole."""

Keep = Callable[[PageEvidence], None]
"""Is given the evidence of each page that was read."""

_NONE_LOST: Mapping[int, Failure] = MappingProxyType({})


def _tell_nobody(page: int | None) -> None:
    del page


def _keep_nothing(evidence: PageEvidence) -> None:
    del evidence


def process_document(
    path: Path,
    options: Options,
    *,
    lost: Mapping[int, Failure] = _NONE_LOST,
    at_page: AtPage = _tell_nobody,
    keep: Keep = _keep_nothing,
) -> Extraction:
    """Reads one file.

    A page that cannot be read, for whatever reason, becomes a `Failure` among the records; the
    others go on. A file that cannot be opened, or whose forms cannot be matched, gives a single
    `Failure`.

    Args:
        path: File to read.
        options: How to read it.
        lost: Pages not to be tried, with the failure to report: they ended a process before.
        at_page: Is told what is begun.
        keep: Is given what was read, page by page, before forms are matched.

    Raises:
        EngineError: The text engine is missing; no picture could be read.
        FormDefinitionError: A definition is wrong.
    """
    definitions = _definitions(options.forms_dir)
    try:
        with closing(open_source(path, options.limits)) as source:
            return _read(source, definitions, options, lost, at_page, keep)
    except (EngineError, FormDefinitionError):
        raise
    except Exception as error:
        return failed_file(path, options, failure_of(error))


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


def _read(
    source: Source,
    definitions: tuple[FormDefinition, ...],
    options: Options,
    lost: Mapping[int, Failure],
    at_page: AtPage,
    keep: Keep,
) -> Extraction:
    pages: list[PageEvidence] = []
    failures: list[Failure] = []
    kinds: list[PageKind | None] = []
    cache = _page_cache(options)
    for number in range(1, source.page_count + 1):
        if number in lost:
            kinds.append(None)
            failures.append(lost[number])
            continue
        at_page(number)
        kind, found = _evidence_once(source, number, options.engine, cache)
        kinds.append(kind)
        if isinstance(found, PageEvidence):
            pages.append(found)
            keep(found)
        else:
            failures.append(found)
    at_page(None)
    records = [_normalized(raw, definitions) for raw in match_pages(pages, definitions)]
    return Extraction(
        path=str(source.path),
        sha256=source.sha256,
        page_count=source.page_count,
        engine=options.engine,
        extractor_version=EXTRACTOR_VERSION,
        records=tuple(sorted([*records, *failures], key=_first_page)),
        kind=source.kind,
        byte_size=source.byte_size,
        page_kinds=tuple(kind or "" for kind in kinds),
    )


def evidence_of(
    source: Source, number: int, engine: str
) -> tuple[PageKind | None, PageEvidence | Failure]:
    """Kind of a page, where it could be opened, and its evidence, where it could be read.

    Args:
        source: An open file.
        number: Of the page, from 1.
        engine: Text recognizer for pictures.

    Raises:
        EngineError: The text engine is missing.
    """
    kind = None
    try:
        page = source.page(number)
        kind = page.kind
        return kind, read_page(page, engine)
    except EngineError as error:
        if error.code != ENGINE_FAILED:
            raise
        return kind, Failure(error.code, error.message, number)
    except Exception as error:
        return kind, failure_of(error, number)


def _page_cache(options: Options) -> PageCache | None:
    folder = options.page_cache
    return None if folder is None else PageCache(folder, options.engine, options.limits)


def _evidence_once(
    source: Source, number: int, engine: str, cache: PageCache | None
) -> tuple[PageKind | None, PageEvidence | Failure]:
    """Like `evidence_of`; a page that the cache knows is not even opened."""
    if cache is None:
        return evidence_of(source, number, engine)
    known = cache.find(source.sha256, number)
    if known is not None:
        return known.kind, known
    kind, found = evidence_of(source, number, engine)
    if isinstance(found, PageEvidence):
        cache.keep(source.sha256, found)
    return kind, found


@functools.cache
def _definitions(forms_dir: Path | None) -> tuple[FormDefinition, ...]:
    return definitions_in_use(forms_dir)


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
    pages = record.raw.pages if isinstance(record, Unmatched) else record.pages
    return pages[0] if pages else 0
