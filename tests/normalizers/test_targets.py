import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.targets import parse_target


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("≥85%", ">=", "85", "%"),
        ("＞＝85％", ">=", "85", "%"),
        ("≤ 50 万元", "<=", "50", "万元"),
        ("＜3%", "<", "3", "%"),
        ("超过200人", ">", "200", "人"),
        ("不少于3场", ">=", "3", "场"),
        ("不低于 95 %", ">=", "95", "%"),
        ("不超过2次", "<=", "2", "次"),
        ("达到90%", ">=", "90", "%"),
        ("90%以上", ">=", "90", "%"),
        ("90%（含）以上", ">=", "90", "%"),
        ("5个工作日以内", "<=", "5", "个工作日"),
        ("24小时内", "<=", "24", "小时"),
        ("约 10 万人次", "~", "10", "万人次"),
        ("200人左右", "~", "200", "人"),
        ("100%", "=", "100", "%"),
        ("5‰", "=", "5", "‰"),
        ("1,200人次", "=", "1200", "人次"),
        ("3人/次", "=", "3", "人/次"),
        ("85", "=", "85", None),
        ("0", "=", "0", None),
        ("10-15个", "range", "10..15", "个"),
        ("85%～90%", "range", "85..90", "%"),
        ("10万元至15万元", "range", "10..15", "万元"),
        ("满意度 ≥ 85%", ">=", "85", "%"),
        ("跨街道协调效率100%", "=", "100", "%"),
        ("不少于五场", ">=", "5", "场"),
        ("百分之八十五以上", ">=", "85", "%"),
        ("2024年12月31日前完成100%", "=", "100", "%"),
        ("栏目3个：要闻、问答、下载", "=", "3", "个"),
    ],
)
def test_one_quantity_keeps_its_text(
    text: str, operator: str, value: str, unit: str | None
) -> None:
    (target,) = parse_target(text)
    assert (target.operator, target.value, target.unit, target.text) == (
        operator, value, unit, text,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3次 约200人次", [("=", "3", "次", "3次"), ("~", "200", "人次", "约200人次")]),
        (
            "培训3场，参加不少于100人；满意度90%以上",
            [("=", "3", "场", "培训3场"), (">=", "100", "人", "参加不少于100人"),
             (">=", "90", "%", "满意度90%以上")],
        ),
        ("讲座3次听众200人次", [("=", "3", "次", "讲座3次"), ("=", "200", "人次", "听众200人次")]),
        ("百分之九十；有所提升", [("=", "90", "%", "百分之九十"), (None, None, None, "有所提升")]),
        (
            "1. 每日更新\n2. 每周更新3次",
            [(None, None, None, "1. 每日更新"), ("=", "3", "次", "2. 每周更新3次")],
        ),
        ("①巡查3次②演练2场", [("=", "3", "次", "①巡查3次"), ("=", "2", "场", "②演练2场")]),
    ],
)  # fmt: skip
def test_several_in_one_cell(text: str, expected: list[tuple[str | None, ...]]) -> None:
    found = [(t.operator, t.value, t.unit, t.text) for t in parse_target(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    ["有所提升", "2024年度", "2024年12月前", "12月底前", "1:2", "第3届", "某发〔2018〕32号",
     "零事故", "有所 提升", "符合A4规格", "规范，有序"],
)  # fmt: skip
def test_what_is_no_quantity_stays_text(text: str) -> None:
    (target,) = parse_target(text)
    assert (target.operator, target.value, target.unit, target.text) == (None, None, None, text)


def test_blank_has_no_target() -> None:
    assert parse_target(" \n ") == ()


@given(st.text(alphabet="0123456789≥≤<>=%％次个万元人-约 ；，。百分之五①年月不少于以上（）\n第."))
def test_no_printed_character_is_lost(text: str) -> None:
    kept = "".join(t.text for t in parse_target(text))
    for character in "0123456789%次个人年月第五":
        assert kept.count(character) == text.count(character)
