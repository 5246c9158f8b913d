"""Characters that a seal leaves far from the print of a cell."""

from __future__ import annotations

import pytest

from extractors.ocr.port import Char, Reading
from extractors.picture.hidden import TOUCHED
from extractors.picture.lines import LineBox
from extractors.picture.seal_strays import without_seal_strays
from extractors.picture.seals import Seal

EM = 20.0
SEAL = Seal(x=60, y=50, inner=70, outer=80, ink=1.0)


def line(*chars: tuple[str, float], y: int = 40, p: float = 0.99) -> tuple[LineBox, Reading]:
    """A line of ``(character, centre)``, pixels; its first and last ink are half an em beyond."""
    x0, x1 = chars[0][1] - EM / 2, chars[-1][1] + EM / 2
    box = LineBox(round(x0), y, round(x1), y + 20)
    return box, Reading(tuple(Char(t, p, (x - x0) / (x1 - x0)) for t, x in chars))


def word(x: float) -> list[tuple[str, float]]:
    return [(c, x + EM * i) for i, c in enumerate("农残速测")]


def texts(*lines: tuple[LineBox, Reading], seals: tuple[Seal, ...] = (SEAL,)) -> list[str]:
    cell = [box for box, _ in lines]
    found = without_seal_strays(dict(lines), [cell], seals, EM)
    assert all(found[box].limit <= TOUCHED for box, read in lines if found[box].text != read.text)
    return [found[box].text for box in cell]


@pytest.mark.parametrize(
    ("char", "x", "p", "seals", "text"),
    [
        ("7", 60, 0.99, (SEAL,), "农残速测"),
        ("7", 60, 0.99, (), "7农残速测"),
        ("7", 60, 0.3, (), "农残速测"),
        ("7", 250, 0.99, (SEAL,), "7农残速测"),
        ("年", 60, 0.99, (SEAL,), "年农残速测"),
        ("（", 60, 0.99, (SEAL,), "（农残速测"),
    ],
    ids=["in a seal", "no seal", "unlikely", "near", "slot", "sign"],
)
def test_character_far_before_a_word(
    char: str, x: float, p: float, seals: tuple[Seal, ...], text: str
) -> None:
    box, read = line((char, x), *word(300))
    first = Char(char, p, read.chars[0].x)
    assert texts((box, Reading((first, *read.chars[1:]))), seals=seals) == [text]


@pytest.mark.parametrize(("x", "kept"), [(60, ""), (300, "7")])
def test_character_on_a_line_of_its_own_goes_where_it_stands_beside_the_text(
    x: float, kept: str
) -> None:
    seal = Seal(x=x, y=50, inner=70, outer=80, ink=1.0)
    assert texts(line(("7", x)), line(*word(300), y=65), seals=(seal,)) == [kept, "农残速测"]


def test_a_cell_with_nothing_else_keeps_its_character() -> None:
    assert texts(line(("7", 60))) == ["7"]


def test_a_lone_figure_that_no_seal_reaches_is_the_value() -> None:
    assert texts(line(("0", 300)), line(("A", 60), y=65)) == ["0", ""]


def letters(text: str, x: float, y: int) -> tuple[LineBox, Reading]:
    return line(*((c, x + EM * i) for i, c in enumerate(text)), y=y)


@pytest.mark.parametrize(
    ("text", "x", "y", "kept"),
    [
        ("地方", 260, 60, ""),
        ("2月", 260, 60, "2月"),
        ("地方", 260, 44, "地方"),
        ("地方", 180, 60, "地方"),
        ("地方", 420, 60, "地方"),
    ],
    ids=["letters", "a date", "level", "below the text", "outside the seal"],
)
def test_letters_of_a_seal_beside_a_text_are_none_of_it(
    text: str, x: float, y: int, kept: str
) -> None:
    seal = Seal(x=290, y=60, inner=70, outer=80, ink=1.0)
    assert texts(line(*word(100)), letters(text, x, y), seals=(seal,)) == ["农残速测", kept]


def test_lines_as_far_above_as_below_are_both_near() -> None:
    seal = Seal(x=290, y=60, inner=70, outer=80, ink=1.0)
    cell = (line(*word(100)), letters("地方", 260, 60), line(*word(100), y=80))
    assert texts(*cell, seals=(seal,)) == ["农残速测", "", "农残速测"]


def test_two_words_in_a_seal_are_not_told_from_its_letters() -> None:
    seal = Seal(x=290, y=60, inner=90, outer=100, ink=1.0)
    cell = (letters("张三", 220, 40), letters("李四", 310, 60))
    assert texts(*cell, seals=(seal,)) == ["张三", "李四"]


def test_a_text_beside_letters_of_a_seal_goes_to_a_person() -> None:
    seal = Seal(x=290, y=60, inner=70, outer=80, ink=1.0)
    lines = [line(*word(100)), letters("地方", 260, 60)]
    found = without_seal_strays(dict(lines), [[box for box, _ in lines]], (seal,), EM)
    assert found[lines[0][0]].limit == TOUCHED
