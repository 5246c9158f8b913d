"""Born-digital pages printed for tests, and what is read from them."""

from __future__ import annotations

import warnings
from contextlib import closing
from pathlib import Path

from fpdf import FPDF

from extractors.digital.reader import read_digital_page
from extractors.evidence import PageEvidence, PageKind
from extractors.files.source import open_source

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
EM = 10.5


def sheet(width: float = 595, height: float = 842) -> FPDF:
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("han", fname=FONT)
    pdf.set_font("han", size=EM)
    pdf.add_page(format=(width, height))
    return pdf


def saved(pdf: FPDF, tmp_path: Path) -> Path:
    path = tmp_path / "page.pdf"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path.write_bytes(bytes(pdf.output()))
    return path


def read(path: Path, number: int = 1) -> PageEvidence:
    with closing(open_source(path)) as source:
        page = source.page(number)
        assert page.kind is PageKind.DIGITAL
        return read_digital_page(number, page.content, page.render)  # type: ignore[union-attr,arg-type]
