from __future__ import annotations

from extractors.evidence import PageKind, TextLine, TextRun, moved
from extractors.forms.colon import merge_baselines
from extractors.forms.table import PlacedLine
from extractors.geometry import BBox

SLOPE = 0.05


def printed(text: str, x0: float, y0: float, x1: float) -> PlacedLine:
    """A line 0.015 high on a page that was photographed askew."""

    def askew(box: BBox) -> BBox:
        return BBox(box.x0, box.y0 + SLOPE * box.x0, box.x1, box.y1 + SLOPE * box.x1)

    box = BBox(x0, y0, x1, y0 + 0.015)
    line = moved(TextLine((TextRun(text, box, 1.0, "rapidocr"),), box), askew)
    assert isinstance(line, TextLine)
    return PlacedLine(1, PageKind.PICTURE, "rapidocr", line)


def test_a_line_above_the_end_of_a_sloping_one_is_no_part_of_it() -> None:
    lines = (
        printed("申报单位名称：某预防医学所", 0.1, 0.115, 0.42),
        printed("（年度）", 0.5, 0.1, 0.58),
    )
    assert [p.line.text for p in merge_baselines(lines)] == [p.line.text for p in lines]


def test_pieces_of_one_sloping_line_are_put_together() -> None:
    lines = printed("填表人：张三", 0.1, 0.115, 0.3), printed("电话：12345", 0.6, 0.116, 0.8)
    (whole,) = merge_baselines(lines)
    assert whole.line.text == "填表人：张三 电话：12345"
