from __future__ import annotations

import itertools

import pytest

from extractors.evidence import MarkState
from extractors.glyphs import MarkGlyph
from extractors.ocr.port import Char, Reading
from extractors.picture.pieces import placed_pieces
from extractors.picture.placed import PlacedReading


def placed(text: str) -> PlacedReading:
    """Ten pixels a character, from 100 on."""
    chars = tuple(Char(c, 0.9, (i + 0.5) / len(text)) for i, c in enumerate(text))
    return PlacedReading(Reading(chars), 100.0, 100.0 + 10 * len(text), 10.0)


def ends(text: str) -> list[tuple[str, float, float]]:
    return [
        (p.state.value if isinstance(p, MarkGlyph) else p, round(a), round(b))
        for p, a, b in placed_pieces(placed(text))
    ]


def test_text_without_boxes_is_one_piece() -> None:
    assert ends("新增项目") == [("新增项目", 100, 140)]


def test_pieces_stand_where_their_characters_do() -> None:
    assert ends("新增□延续☑") == [
        ("新增", 100, 120),
        (MarkState.EMPTY.value, 120, 130),
        ("延续", 130, 150),
        (MarkState.CHECKED.value, 150, 160),
    ]


@pytest.mark.parametrize("text", ["□□新增", "（√）新增", "新增[ ]新增", "☑"])
def test_pieces_follow_one_another(text: str) -> None:
    found = ends(text)
    assert found[0][1] == 100
    assert found[-1][2] == 100 + 10 * len(text)
    assert all(a[2] <= b[1] + 1 for a, b in itertools.pairwise(found))


def test_room_between_a_box_and_its_neighbours_is_kept() -> None:
    """新 and 增 stand at 105 and 115, the box at 125, 延 after room for one character."""
    chars = tuple(
        Char(c, 0.9, x / 60) for c, x in zip("新增□延续", (5, 15, 25, 45, 55), strict=True)
    )
    pieces = list(placed_pieces(PlacedReading(Reading(chars), 100.0, 160.0, 10.0)))
    (_, _, label_end), (_, box_start, box_end), (_, next_start, _) = pieces
    assert box_start - label_end < 1
    assert next_start - box_end == pytest.approx(10, abs=1)
