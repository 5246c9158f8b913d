import pytest

from bench.text_score import PlacedText, bare, score_text
from extractors.geometry import BBox


def at(text, x0, y, width=0.1):
    return PlacedText(text, BBox(x0, y, x0 + width, y + 0.02))


TRUE = [at("姓名", 0.1, 0.1), at("王甲", 0.3, 0.1), at("单位", 0.1, 0.2)]


@pytest.mark.parametrize(
    ("found", "edits"),
    [
        (TRUE, 0),
        (list(reversed(TRUE)), 0),
        ([at("姓名王甲", 0.1, 0.1, width=0.3), at("单位", 0.1, 0.2)], 0),
        ([at("单", 0.1, 0.2, 0.05), at("位", 0.15, 0.2, 0.05), *TRUE[:2]], 0),
        (TRUE[:2], 2),
        ([*TRUE, at("污点", 0.7, 0.7)], 2),
        ([at("姓各", 0.1, 0.1), *TRUE[1:]], 1),
    ],
)
def test_lines_answer_by_place_in_any_order(found, edits):
    score = score_text(found, TRUE)
    assert (score.chars, score.edits) == (6, edits)


def test_lines_one_below_the_other_that_touch_are_apart():
    true = [at("第一行", 0.1, 0.1), at("第二行", 0.1, 0.115)]
    assert score_text(list(reversed(true)), true).edits == 0


def test_a_line_set_vertically_is_read_downwards():
    true = [PlacedText("基本情况", BBox(0.1, 0.1, 0.12, 0.2))]
    found = [at(char, 0.1, 0.1 + 0.025 * i, width=0.02) for i, char in enumerate("基本情况")]
    assert score_text(found, true).edits == 0


def test_tick_boxes_width_and_space_are_left_out():
    assert bare("☑ 新建 口（Ａ）") == "新建(A)"


def test_shares_add_up():
    page = score_text(TRUE[:2], TRUE)
    assert (page + page).cer == pytest.approx(1 / 3)
    assert score_text([], []).cer is None
