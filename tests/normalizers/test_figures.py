import pytest

from normalizers.figures import parse_number
from normalizers.issues import IssueCode


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", "10"),
        (" 9.5 ", "9.5"),
        ("9.5分", "9.5"),
        ("95.2％", "95.2%"),
        ("１００", "100"),
        ("", ""),
        ("—", ""),
        ("一", ""),
        ("/", ""),
        ("无", ""),
    ],
)
def test_figures_and_places_left_blank(text, value):
    found = parse_number(text)
    assert (found.value, found.issues) == (value, ())


@pytest.mark.parametrize("text", ["优", "9.5.1", "10 20%x", "三"])
def test_what_is_no_figure_goes_to_a_person(text):
    found = parse_number(text)
    assert found.value is None
    assert found.issues == (IssueCode.UNREADABLE,)
