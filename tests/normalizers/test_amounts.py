from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.amounts import UNITS, parse_amount
from normalizers.issues import IssueCode

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def spelled_section(number: int) -> str:
    """1..9999 in financial numerals."""
    out, gap = "", False
    for power, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out


def spelled(fen: int, *, optional_zero: bool = True) -> str:
    """Amount in financial capitals; 零 after a section ending in zeros may stand or not."""
    yuan, jiao, odd = fen // 100, fen // 10 % 10, fen % 10
    out, skipped = "", False
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = yuan // power % 10**4
        if section:
            ends_in_zero = yuan // power // 10**4 % 10 == 0
            gap = out and (section < 1000 or skipped or (optional_zero and ends_in_zero))
            out += ("零" if gap else "") + spelled_section(section) + name
        skipped = not section
    out += "元" if yuan else ""
    if jiao:
        out += DIGITS[jiao] + "角"
    if odd:
        out += ("零" if yuan and not jiao else "") + DIGITS[odd] + "分"
    return (out or "零元") + ("" if odd else "整")


@pytest.mark.parametrize(
    ("text", "unit", "value", "printed_unit"),
    [
        ("7150000", "元", "7150000.00", "元"),
        ("7,150,000.00", "元", "7150000.00", "元"),
        ("７，１５０，０００．００", "元", "7150000.00", "元"),
        ("￥7,150,000元整", "元", "7150000.00", "元"),
        ("人民币 7150000 元", "元", "7150000.00", "元"),
        ("RMB100", "元", "100.00", "元"),
        ("523.000.00", "元", "523000.00", "元"),
        ("7 150 000", "元", "7150000.00", "元"),
        ("7 1 5 0 0 0 0", "元", "7150000.00", "元"),
        ("7,150, 000", "元", "7150000.00", "元"),
        ("715万", "元", "7150000.00", "万元"),
        ("7.15 亿元", "元", "715000000.00", "亿元"),
        ("715", "万元", "7150000.00", "万元"),
        ("715.5", "万元", "7155000.00", "万元"),
        ("62.335", "万元", "623350.00", "万元"),
        ("5元", "万元", "5.00", "元"),
        ("项目总预算（万元）：715", "元", "7150000.00", "万元"),
        ("预算金额：3800000", "元", "3800000.00", "元"),
        ("－5万元", "元", "-50000.00", "万元"),
        ("0", "元", "0.00", "元"),
        ("1亿2000万元", "元", "120000000.00", "元"),
        ("715万5000元", "元", "7155000.00", "元"),
        ("壹佰万元整", "元", "1000000.00", "元"),
        ("人民币（大写）：壹佰万元整", "元", "1000000.00", "元"),
        ("贰拾伍万陆仟元叁角伍分", "元", "256000.35", "元"),
        ("柒拾伍元叁角整", "元", "75.30", "元"),
        ("贰元零陆分", "元", "2.06", "元"),
        ("陆分", "元", "0.06", "元"),
        ("十五万元", "元", "150000.00", "元"),
        ("两千元", "元", "2000.00", "元"),
        ("¥1,000,000.00（壹佰万元整）", "元", "1000000.00", "元"),
        ("壹佰万元整（￥1000000）", "元", "1000000.00", "元"),
    ],
)
def test_amounts_as_printed(text: str, unit: str, value: str, printed_unit: str) -> None:
    amount = parse_amount(text, unit=unit)
    assert (str(amount.value), amount.unit, amount.issues) == (value, printed_unit, ())


@pytest.mark.parametrize("text", ["", "  ", "无", "/", "—", "－", "*", "n/a"])
def test_nothing_entered_is_no_value_and_no_doubt(text: str) -> None:
    amount = parse_amount(text)
    assert (amount.value, amount.issues) == (None, ())


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1.234.567", "元"),
        ("12,34", "元"),
        ("1,234.567", "元"),
        ("1,234.567", "万元"),
        ("1234.567", "元"),
        ("1234.567.00", "元"),
        ("1.23.00", "元"),
        ("7.150,000", "元"),
        ("7,150.000", "元"),
        ("0,123", "元"),
        ("1234,567", "元"),
        ("7150000.", "元"),
        ("100 200", "元"),
        ("38 00000", "元"),
        ("1 000 000\n2 000 000", "元"),
        ("（1,000）", "元"),
        ("715万元（柒佰万元整）", "元"),
        ("叁拾", "万元"),
    ],
)
def test_two_readings_give_none(text: str, unit: str) -> None:
    amount = parse_amount(text, unit=unit)
    assert (amount.value, amount.issues) == (None, (IssueCode.AMOUNT_AMBIGUOUS,))


@pytest.mark.parametrize(
    "text",
    [
        "约715万元",
        "1O0",
        "壹佰伍万元",
        "3万5",
        "待定",
        "万元",
        "0.001234567万元",
        "9" * 40,
        "715万元左右",
        "1" + "0" * 15,
        "12345678901234567890亿元",
        "-10,000,000亿元",
    ],
)
def test_no_amount_gives_none(text: str) -> None:
    amount = parse_amount(text)
    assert (amount.value, amount.issues) == (None, (IssueCode.AMOUNT_INVALID,))


fen_amounts = st.integers(min_value=0, max_value=10**14 - 1)


@given(fen_amounts, st.booleans())
def test_capital_amounts_are_read_back(fen: int, optional_zero: bool) -> None:
    assert parse_amount(spelled(fen, optional_zero=optional_zero)).value == Decimal(fen) / 100


@given(fen_amounts, st.sampled_from(["{:.2f}", "{:,.2f}", "￥{:,.2f}元", "{:,.2f} 元"]))
def test_figures_are_read_back(fen: int, style: str) -> None:
    exact = Decimal(fen) / 100
    assert parse_amount(style.format(exact)).value == exact


@given(fen_amounts, st.sampled_from(["万元", "亿元"]))
def test_units_scale_exactly(fen: int, unit: str) -> None:
    exact = Decimal(fen) / 100
    assert parse_amount(f"{exact / UNITS[unit]:f}", unit=unit).value == exact


@given(st.text(alphabet="0123456789,.，．万亿元整角分零壹贰拾佰仟¥（）()- 约\n:"))
def test_any_text_gives_exact_yuan_or_none(text: str) -> None:
    value = parse_amount(text).value
    assert value is None or value.as_tuple().exponent == -2


@pytest.mark.parametrize("text", ["999,999,999,999,999.99", "9999999.9999999999亿元"])
def test_the_largest_amounts_that_can_be_stored(text: str) -> None:
    assert parse_amount(text).value == Decimal("999999999999999.99")
