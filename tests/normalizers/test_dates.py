from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.dates import parse_date, parse_period, parse_year
from normalizers.issues import IssueCode

JAN_1, DEC_31 = date(2019, 1, 1), date(2019, 12, 31)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019年1月1日", JAN_1),
        ("2019年1月1.日", JAN_1),
        ("2019年1月1曰", JAN_1),
        ("2019 年 01 月 01 日", JAN_1),
        ("２０１９年１月１日", JAN_1),
        ("结束日期： 2019年 12 月 31 日", DEC_31),
        ("计划完成日期 2019.12.31", DEC_31),
        ("2019-01-01", JAN_1),
        ("2019/1/1", JAN_1),
        ("2019.1.1", JAN_1),
        ("2019:1.1", JAN_1),
        ("2019.12:31", DEC_31),
        ("20190101", JAN_1),
        ("2019 12 31", DEC_31),
        ("2019-01-01 00:00:00", JAN_1),
        ("2019年12月31日止", DEC_31),
        ("二〇一九年一月一日", JAN_1),
        ("二○一九年十二月三十一日", DEC_31),
        ("二O一九年十二月卅一日", DEC_31),
        ("贰零壹玖年零壹月零壹日", JAN_1),
        ("⼆〇⼀九年⼀⽉⼀⽇", JAN_1),
    ],
)
def test_whole_dates(text: str, value: date) -> None:
    parsed = parse_date(text)
    assert (parsed.value, parsed.issues) == (value, ())


@pytest.mark.parametrize("text", ["2019 年 1 月 1", "19 年 1 月 1", "19年1月1日", "一九年一月一日"])
def test_usual_completion_is_noted(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.value, parsed.issues) == (JAN_1, (IssueCode.DATE_INCOMPLETE,))


@pytest.mark.parametrize(
    "text",
    [
        "2019年1月",
        "2019.1",
        "201901",
        "2019年",
        "1月1日",
        "二〇一九年十二月",
        "2019年12月底",
        "01/02/03",
    ],
)
def test_missing_parts_are_not_made_up(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.value, parsed.issues) == (None, (IssueCode.DATE_INCOMPLETE,))


@pytest.mark.parametrize(
    "text",
    ["2019年2月30日", "2019年13月1日", "1019年1月1日", "长期", "2019年O1月1日",
     "2019年1月1日至2019年12月31日", "2019 1 11 1"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.value, parsed.issues) == (None, (IssueCode.DATE_INVALID,))


@pytest.mark.parametrize("text", ["", "  ", "年 月 日", "  年  月", "/", "—"])
def test_unfilled_date(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.value, parsed.issues) == (None, ())


@given(
    st.dates(date(1949, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        ["{y}年{m}月{d}日", "{y} 年 {m} 月 {d} 日", "{y}-{m:02}-{d:02}", "{y}/{m}/{d}",
         "{y}.{m}.{d}", "{y}{m:02}{d:02}", "开始日期：{y}年{m}月{d}日"]
    ),
)  # fmt: skip
def test_dates_are_read_back(value: date, style: str) -> None:
    text = style.format(y=value.year, m=value.month, d=value.day)
    assert parse_date(text).value == value


@given(st.dates(date(1949, 1, 1), date(2099, 12, 31)))
def test_chinese_dates_are_read_back(value: date) -> None:
    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        digits = "〇一二三四五六七八九"
        return (digits[tens] if tens > 1 else "") + "十" * (tens > 0) + digits[ones] * (ones > 0)

    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(value.year))
    assert parse_date(f"{year}年{small(value.month)}月{small(value.day)}日").value == value


@given(st.text(alphabet="0123456789年月日号-/.至到〇一二十 :：O\n"))
def test_any_text_is_answered(text: str) -> None:
    parsed = parse_date(text)
    assert parsed.value is None or 1949 <= parsed.value.year <= 2099
    parse_period(text)
    parse_year(text)


@pytest.mark.parametrize(
    "text",
    [
        "2019年1月1日至2019年12月31日",
        "2019年1月1日至12月31日",
        "2019-01-01-2019-12-31",
        "2019.1.1—2019.12.31",
        "20190101-20191231",
        "起止时间：2019/1/1～2019/12/31",
        "自2019年1月1日起至2019年12月31日止",
        "二〇一九年一月一日至十二月三十一日",
        "2019年01月01日一二〇一九年十二月三十一日",
    ],
)
def test_periods(text: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.start.value, period.end.value) == (JAN_1, DEC_31)


@pytest.mark.parametrize("text", ["2019年1月-2019年12月", "2019.1-2019.12", "2019年1-12月"])
def test_periods_of_months_have_no_days(text: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.start.value, period.end.value) == (None, None)
    assert period.start.issues == period.end.issues == (IssueCode.DATE_INCOMPLETE,)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019-01-01至209-12-31", JAN_1, None),
        ("2019年1月1日到年底前", JAN_1, None),
        ("20l年1月1日至2019年12月31日", None, DEC_31),
    ],
)
def test_an_end_that_cannot_be_read_leaves_the_other(
    text: str, start: date | None, end: date | None
) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.start.value, period.end.value) == (start, end)
    unread = period.end if end is None else period.start
    assert unread.issues == (IssueCode.DATE_INVALID,)


@pytest.mark.parametrize(
    "text", ["", "2019年1月1日", "长期", "2019年1月1日至", "2019-01-01-209-12"]
)
def test_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("text", "value", "issues"),
    [
        ("(2019年)", 2019, ()),
        ("（ 2019 年度）", 2019, ()),
        ("二〇一九年度", 2019, ()),
        ("2019", 2019, ()),
        ("2019年度某区财政项目申报表", 2019, ()),
        ("19年", 2019, (IssueCode.DATE_INCOMPLETE,)),
        ("（   年度）", None, ()),
        ("2019-2021年", None, (IssueCode.YEAR_INVALID,)),
        ("2O19年", None, (IssueCode.YEAR_INVALID,)),
        ("9102年", None, (IssueCode.YEAR_INVALID,)),
    ],
)
def test_years(text: str, value: int | None, issues: tuple[IssueCode, ...]) -> None:
    parsed = parse_year(text)
    assert (parsed.value, parsed.issues) == (value, issues)
