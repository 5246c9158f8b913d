import pytest

from samples.wrap import Measure, WrapRules, visible_text, wrap_text

EM = 10.0
STRICT = WrapRules(kinsoku=True, keep_words=True)
LOOSE = WrapRules(kinsoku=False, keep_words=False)


def in_room_for(characters):
    return Measure(characters * EM, lambda text: len(text) * EM, EM)


@pytest.mark.parametrize(
    ("rules", "text", "lines"),
    [
        (LOOSE, "甲乙丙丁，戊", ["甲乙丙丁", "，戊"]),
        (STRICT, "甲乙丙丁，戊", ["甲乙丙", "丁，戊"]),
        (STRICT, "甲乙丙（丁）", ["甲乙丙", "（丁）"]),
        (LOOSE, "甲乙2018年", ["甲乙20", "18年"]),
        (STRICT, "甲乙2018年", ["甲乙", "2018", "年"]),
    ],
)
def test_line_breaks(rules, text, lines):
    assert [line.text for line in wrap_text(text, in_room_for(4), rules, 0)] == lines


def test_a_paragraph_that_ends_at_the_margin_is_run_together_with_the_next():
    lines = wrap_text("甲乙丙丁\n戊己", in_room_for(4), LOOSE, 0)
    assert visible_text(lines) == "甲乙丙丁戊己"


def test_indented_and_clearly_ended_paragraphs_are_kept():
    assert visible_text(wrap_text("甲乙丙丁\n戊己", in_room_for(4), LOOSE, 2)) == "甲乙丙丁\n戊己"
    assert visible_text(wrap_text("甲\n戊己", in_room_for(9), LOOSE, 0)) == "甲\n戊己"


@pytest.mark.parametrize("number", ["2、", "2.", "（2）", "(2)", "二、", "（二）", "②"])
def test_an_item_begins_its_own_paragraph_even_after_a_full_line(number):
    text = f"甲乙丙丁\n{number}戊己"
    assert visible_text(wrap_text(text, in_room_for(4), LOOSE, 0)) == text


@pytest.mark.parametrize(
    ("text", "indent", "seen"),
    [
        ("1、甲乙；2、丙丁。", 0, "1、甲乙；\n2、丙丁。"),
        ("1、甲乙；2、丙；3、丁。", 0, "1、甲乙；2、丙；3、丁。"),
        ("甲乙丙丁；2、丙丁。", 2, "甲乙丙丁；2、丙丁。"),
        ("甲乙丙丁；2.5倍", 0, "甲乙丙丁；2.5倍"),
    ],
)
def test_items_in_running_text_count_as_lines_only_where_nobody_could_tell(text, indent, seen):
    lines = wrap_text(text, in_room_for(5), LOOSE, indent)
    assert visible_text(lines) == seen
