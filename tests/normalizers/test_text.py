import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.radicals import RADICALS
from normalizers.text import clean_text, clean_title


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("⽬标⻚⻛⻓⻔⻢⻋⻅⻉⻰⻩", "目标页风长门马车见贝龙黄"),
        ("⽤⼾⾦额", "用户金额"),
        ("\uf9dd用", "利用"),
        ("　　首段 文字 \n\n  次段\t\t文字  ", "首段 文字\n次段 文字"),
        ("3次 约200人次", "3次 约200人次"),
        ("（元）：１２％㎡①", "（元）：１２％㎡①"),
        ("a\u200bb\ufeff", "ab"),
        ("甲\r\n乙\u2028丙", "甲\n乙\n丙"),
        ("队伍⸺上海", "队伍——上海"),
        ("   ", ""),
    ],
)
def test_only_code_points_and_white_space_change(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_no_radical_survives() -> None:
    blocks = [*range(0x2E81, 0x2EF4), *range(0x2F00, 0x2FD6)]
    for character in map(chr, blocks):
        if unicodedata.name(character, ""):
            assert clean_text(character) not in {"", character}


def test_radical_table_is_one_to_one_character() -> None:
    assert all(len(k) == len(v) == 1 for k, v in RADICALS.items())


@given(st.text())
def test_cleaning_is_idempotent(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_title_has_no_white_space() -> None:
    assert clean_title(" 某市 财政支出\n项目绩效目标 申报表 ") == "某市财政支出项目绩效目标申报表"
