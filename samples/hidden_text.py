"""A scan with an invisible text layer that an OCR program left behind, faults and all."""

from __future__ import annotations

import numpy as np
from fpdf import FPDF
from fpdf.enums import TextMode

from samples.declaration import Layout
from samples.fonts import metrics
from samples.lexicon import chance
from samples.painting import CREATED
from samples.scan import ScannedPages
from samples.writing import add_picture_page, pictures

CONFUSED = str.maketrans("目率日未己土入末0158", "日宰曰末已士人未O|SB")
"""Characters that OCR programs take for one another."""
WRONG_SHARE = 0.4
"""Share of lines in which such characters are wrong."""


def hidden_text_pdf(layout: Layout, scanned: ScannedPages, rng: np.random.Generator) -> bytes:
    """A picture PDF whose invisible text says nearly, but not quite, what the pictures show."""
    face = layout.style.text.value_face
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(auto=False)
    pdf.set_creation_date(CREATED)
    pdf.add_font("layer", fname=face.path, collection_font_number=metrics(face).face_index)
    for number, image in enumerate(pictures(scanned)):
        add_picture_page(pdf, image, scanned)
        _write_layer(pdf, layout, number, rng)
    return bytes(pdf.output())


def _write_layer(pdf: FPDF, layout: Layout, number: int, rng: np.random.Generator) -> None:
    style = layout.style
    pdf.set_font("layer", size=style.text.size)
    pdf.text_mode = TextMode.INVISIBLE
    for placed in layout.cells:
        if placed.page != number:
            continue
        for index, line in enumerate(placed.lines):
            text = "".join(getattr(item, "text", "") for item in line.items)
            if chance(rng, WRONG_SHARE):
                text = text.translate(CONFUSED)
            y = placed.y0 + style.table.pad_y + (index + 0.8) * placed.fitted.leading
            pdf.text(placed.x0 + style.table.pad_x, y, text)
    pdf.text_mode = TextMode.FILL
