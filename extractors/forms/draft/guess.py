"""What type a field is likely to have, by its label and by what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.forms.definition import FieldType
from extractors.forms.labels import fold, printed_unit
from extractors.forms.table import TableCell
from extractors.forms.unknown.options import Boxes, boxes_of, options_of

_DIGIT = "[0-9〇○零一二三四五六七八九十]"
_ONE_DATE = (
    rf"(?:{_DIGIT}{{2,4}}年(?:{_DIGIT}{{1,3}}月(?:{_DIGIT}{{1,3}}日?)?)?"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|年月日?)"
)
_DATE = re.compile(_ONE_DATE)
_PERIOD = re.compile(rf"[自从]?{_ONE_DATE}起?(?:至|到|[-—–~～]+){_ONE_DATE}止?")
_DATE_LABEL = re.compile(r"(?:时间|日期|年月)$")
_PERIOD_LABEL = re.compile(r"起止|起讫")
_YEAR = re.compile(r"\d{4}年?度?")
_YEAR_LABEL = re.compile(r"年度$|年份$")
_AMOUNT = re.compile(r"[¥￥]?\d[\d,，]*(?:\.\d+)?(?:亿元|万元|元)?")
_CLEAR_AMOUNT = re.compile(r"[¥￥].*|.*元|\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d{2}")
_AMOUNT_LABEL = re.compile(r"(?:金额|预算|预算数|预算额|执行数|资金|经费|总额|数额|拨款|单价)$")
_TARGET = re.compile(r"[≥≤><＞＜=＝]|\d[%％]")
_TARGET_LABEL = re.compile(r"(?:目标值|指标值|完成值)$")
# A text that fills more than one usual cell of a form is prose.
_LONG_CHARS = 40
# What an indicator asks for is a figure and a few words; a longer text only mentions figures.
_TARGET_CHARS = 20
# A code or a name that its narrow cell wraps is no prose yet.
_WRAPPED_CHARS = 20
# A cell with room for so many lines waits for prose, even where it is blank.
_TALL_LINES = 4


@dataclass(frozen=True, slots=True)
class Guess:
    """A likely type.

    Attributes:
        type: The type.
        is_sure: Whether label or value leave no other.
        is_period: Whether two dates stand in one cell.
        options: Of a choice.
    """

    type: FieldType
    is_sure: bool = True
    is_period: bool = False
    options: tuple[str, ...] = ()


def guess_text(label: str, text: str, *, form_unit: str | None = None) -> Guess:
    """Type of a field by its label and the text of its value.

    Args:
        label: As printed, its unit included.
        text: As printed; ``""`` where the sample is blank.
        form_unit: Unit that the form prints for all amounts.
    """
    bare = "".join(text.split())
    name = bare_name(label)
    if printed_unit(label) is not None:
        return Guess(FieldType.AMOUNT)
    if _PERIOD.fullmatch(bare) or (_PERIOD_LABEL.search(name) and not bare):
        return Guess(FieldType.DATE, is_period=True)
    if _YEAR_LABEL.search(name) and (not bare or _YEAR.fullmatch(bare)):
        return Guess(FieldType.YEAR, is_sure=bool(bare))
    if _DATE.fullmatch(bare) or (_DATE_LABEL.search(name) and not bare):
        return Guess(FieldType.DATE, is_sure=bool(bare))
    return _amount(name, bare, form_unit) or _text(text)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form prints once and all its fields share.

    Attributes:
        boxes_follow: Whether boxes stand after their options, as `usual_side` gives it.
        unit: Of all amounts; ``None`` where none is named.
        line_height: Usual height of a line, in page fractions; 0 without geometry.
    """

    boxes_follow: bool | None
    unit: str | None
    line_height: float


def guess_cells(label: str, cells: Sequence[TableCell], setting: Setting) -> Guess:
    """Type of a field by its label and the cells of its value.

    Args:
        label: As printed, its unit included.
        cells: Of its value.
        setting: Of the form.
    """
    boxes = boxes_of([line for cell in cells for line in cell.lines])
    options = distinct_options(boxes, setting.boxes_follow)
    if options:
        return Guess(FieldType.CHOICE, options=options)
    found = guess_text(label, "\n".join(c.text for c in cells), form_unit=setting.unit)
    room = sum(p.cell.bbox.height for c in cells for p in c.parts if p.cell.bbox is not None)
    is_tall = 0 < _TALL_LINES * setting.line_height <= room
    if found.type is FieldType.TEXT and is_tall:
        return Guess(FieldType.LONG_TEXT, is_sure=False)
    return found


def guess_column(label: str, texts: Sequence[str]) -> FieldType:
    """Type of a column by its header and all its cells.

    Args:
        label: As printed, its unit included.
        texts: Of its cells; blank ones say nothing.
    """
    filled = ["".join(t.split()) for t in texts if t.strip()]
    name = bare_name(label)
    targets = sum(bool(_TARGET.search(t)) and len(t) <= _TARGET_CHARS for t in filled)
    if _TARGET_LABEL.search(name) or 2 * targets > max(len(filled), 1):
        return FieldType.TARGET
    found = {guess_text(label, t).type for t in filled} or {guess_text(label, "").type}
    kind = found.pop() if len(found) == 1 else FieldType.TEXT
    return kind if kind in {FieldType.AMOUNT, FieldType.DATE} else FieldType.TEXT


def distinct_options(boxes: Boxes, usual: bool | None) -> tuple[str, ...]:
    """Options that can be told from one another; none where the boxes may be letters."""
    if not any(not mark.mark.letter for mark in boxes.marks):
        return ()
    found: dict[str, str] = {}
    for option in options_of(boxes, usual):
        found.setdefault(fold(option), option)
    return tuple(option for key, option in found.items() if key)


def bare_name(label: str) -> str:
    """A label without spaces and without its colon."""
    return "".join(label.split()).rstrip(":：")


def _amount(name: str, bare: str, form_unit: str | None) -> Guess | None:
    is_named = bool(_AMOUNT_LABEL.search(name))
    if not bare:
        return Guess(FieldType.AMOUNT, is_sure=False) if is_named else None
    if not _AMOUNT.fullmatch(bare):
        return None
    if is_named or _CLEAR_AMOUNT.fullmatch(bare):
        return Guess(FieldType.AMOUNT)
    if form_unit is not None or "." in bare:
        return Guess(FieldType.AMOUNT, is_sure=False)
    return None


def is_prose(text: str) -> bool:
    """Whether a text is more than a word or a figure: long, or several lines or sentences."""
    length = len("".join(text.split()))
    if "\n" not in text.strip():
        return length > _LONG_CHARS
    return length > _WRAPPED_CHARS or "。" in text


def _text(text: str) -> Guess:
    bare = "".join(text.split())
    if is_prose(text):
        return Guess(FieldType.LONG_TEXT)
    return Guess(FieldType.TEXT, is_sure=bool(bare))
