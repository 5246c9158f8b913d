"""The engines by name; one of each a process, made when first asked for."""

from __future__ import annotations

from functools import cache

from extractors.errors import EngineError
from extractors.ocr.port import TextEngine
from extractors.ocr.rapid import RapidEngine
from extractors.ocr.tesseract import TesseractEngine

ENGINES: dict[str, type[RapidEngine] | type[TesseractEngine]] = {
    "rapidocr": RapidEngine,
    "tesseract": TesseractEngine,
}


@cache
def text_engine(name: str) -> TextEngine:
    """The engine of that name.

    Raises:
        EngineError: No such engine, or it is not installed.
    """
    if name not in ENGINES:
        raise EngineError(
            f"没有名为 {name} 的识别引擎 / no text engine called {name}; "
            f"known: {', '.join(sorted(ENGINES))}",
            code="engine_unknown",
        )
    return ENGINES[name]()
