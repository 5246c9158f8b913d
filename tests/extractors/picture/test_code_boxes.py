from __future__ import annotations

import pytest

from extractors.picture.boxes import Box
from extractors.picture.code_boxes import code_boxes, hold


def row(*lefts: float) -> list[Box]:
    return [Box(x, 0.0, x + 20.0, 20.0) for x in lefts]


@pytest.mark.parametrize(
    ("lefts", "count"),
    [
        ((0, 24, 48, 72), 4),
        ((0, 20, 40), 3),
        ((0, 24), 0),
        ((0, 60, 120, 180), 0),
        ((0, 100, 124, 148), 3),
    ],
)
def test_boxes_without_room_for_a_label_between_them_are_for_characters(
    lefts: tuple[float, ...], count: int
) -> None:
    boxes = row(*lefts)
    assert code_boxes(boxes) == boxes[len(boxes) - count :]


def test_places_in_such_boxes_are_known() -> None:
    assert hold(row(0, 24), 30.0, 10.0)
    assert not hold(row(0, 24), 22.0, 10.0)
