"""What counts as a true pair: a text, a column, a heading."""

import pytest

from bench.pairs_score import FoundPair, is_near
from bench.pairs_truth import true_pairs
from bench.real_truth import Question, TrueLine
from extractors.geometry import BBox

HERE, BELOW = BBox(0.1, 0.1, 0.2, 0.12), BBox(0.1, 0.2, 0.2, 0.22)


def question(*answers):
    lines = (TrueLine(text, kind, HERE) for text, kind in answers)
    return Question("姓名", HERE, tuple(lines))


def values(asked, *found):
    pairs = [FoundPair("姓名", value, box) for value, box in found]
    return [pair.values[0] for pair, _ in true_pairs([asked], pairs)]


COLUMN = question(("王甲", "answer"), ("李乙", "answer"), ("赵丙", "answer"))


def test_answers_are_one_text_unless_they_were_found_as_cells():
    assert values(COLUMN) == ["王甲李乙赵丙"]
    assert values(COLUMN, ("王甲", HERE), ("李乙", HERE)) == ["王甲", "李乙", "赵丙"]


@pytest.mark.parametrize(
    "found",
    [
        [("王甲", HERE)],
        [("王甲", HERE), ("李乙", BELOW)],
        [("王甲", HERE), ("某某", HERE)],
        [("王甲李乙赵丙", HERE), ("王甲", HERE), ("李乙", HERE)],
    ],
)
def test_one_cell_or_two_labels_are_no_column(found):
    assert values(COLUMN, *found) == ["王甲李乙赵丙"]


def test_a_label_with_a_value_over_labels_is_two_pairs():
    asked = question(("身份证", "question"), ("许某", "answer"), ("电话", "question"))
    assert values(asked) == ["许某", "身份证电话"]


def test_glyphs_of_one_state_are_the_same():
    assert is_near("■是口否", "☑是□否")
    assert not is_near("□是☑否", "☑是□否")
