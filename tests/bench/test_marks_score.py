import pytest

from bench.marks_score import MarksScore, PlacedMark, score_marks, true_marks
from extractors.evidence import MarkState
from extractors.geometry import BBox

LINE = BBox(0.1, 0.2, 0.5, 0.22)
CHECKED, EMPTY, UNKNOWN = MarkState.CHECKED, MarkState.EMPTY, MarkState.UNKNOWN


def marks(text):
    return tuple(true_marks(text, LINE))


def mark(state, x, y=0.21):
    return PlacedMark(state, BBox(x - 0.01, y - 0.01, x + 0.01, y + 0.01))


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("☑新建□改建", [CHECKED, EMPTY]),
        ("√", [CHECKED]),
        ("■是口否", [CHECKED, None]),
        ("请打“√”☑独立", [CHECKED]),
        ("合格的打√", []),
        ("编号□□□□", [None, None, None, None]),
        ("户籍 abc", []),
        ("", []),
    ],
)
def test_tick_boxes_of_a_line(text, states):
    assert [found.state for found in marks(text)] == states


def test_their_places_follow_the_widths_of_characters():
    box, _ = marks("ab□甲□")
    assert box.x == pytest.approx(0.1 + 0.4 * 1.5 / 4)


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ([mark(CHECKED, 0.13), mark(EMPTY, 0.34)], (2, 0, 0, 0)),
        ([mark(EMPTY, 0.13), mark(UNKNOWN, 0.34)], (0, 2, 0, 0)),
        ([mark(CHECKED, 0.13)], (1, 0, 1, 0)),
        ([mark(CHECKED, 0.13), mark(EMPTY, 0.34), mark(EMPTY, 0.9)], (2, 0, 0, 1)),
        ([mark(CHECKED, 0.13), mark(EMPTY, 0.34, y=0.4)], (1, 0, 1, 1)),
    ],
)
def test_marks_answer_by_place(found, counts):
    score = score_marks(found, marks("☑新建□改建"))
    kinds = (score.right, score.wrong, score.missed, score.spurious)
    assert tuple(map(len, kinds)) == counts


def test_a_mark_on_a_letter_is_neither_right_nor_wrong():
    score = score_marks([mark(EMPTY, 0.13)], marks("口是"))
    assert (score.total, score.spurious) == (0, ())


def test_pages_add_up():
    page = score_marks([mark(CHECKED, 0.13)], marks("☑新建□改建"))
    assert (page + page).accuracy == 0.5
    assert MarksScore().accuracy is None


def test_a_mark_in_the_line_goes_before_one_of_the_next_line():
    """Lines stand close, and boxes below one another."""
    above, own = mark(EMPTY, 0.13, y=0.195), mark(CHECKED, 0.14, y=0.21)
    score = score_marks([above, own], marks("☑新建□改建")[:1])
    assert (len(score.right), len(score.spurious)) == (1, 1)
