"""Chinese numerals, everyday and financial, as integers."""

from __future__ import annotations

import re

import cn2an

_UNIFORM = str.maketrans("〇○兩两貳弍參叄陸億萬", "零零二二贰贰叁叁陆亿万")
"""Variants that cn2an refuses, as the forms it takes."""

DIGITS = "零〇○一二三四五六七八九两兩壹贰貳弍叁參叄肆伍陆陸柒捌玖"
"""Characters that stand for one digit."""

MAGNITUDES = "十百千万亿拾佰仟萬億廿"
"""Characters that stand for a power of ten."""

_DIGIT_VALUES = {c: str(i) for i, group in enumerate(
    ("零〇○", "一壹", "二贰貳弍两兩", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for c in group}  # fmt: skip


_OPTIONAL_ZERO = re.compile(r"(?<=[万亿])零(?=[^零][千仟])")
"""The 零 that may or may not stand where a section ends in zeros and the next is full
(柒拾万零壹仟; 正确填写票据和结算凭证的基本规定, annex 1 of the 支付结算办法); cn2an refuses it."""


def chinese_integer(text: str) -> int | None:
    """Value of a Chinese integer written with magnitudes, such as 壹佰零伍万 or 十二.

    Strict: 伍佰贰 (502 or 520?) is ``None``, as is anything else that is not well formed.
    """
    uniform = text.translate(_UNIFORM).replace("廿", "二十")
    for spelling in (uniform, _OPTIONAL_ZERO.sub("", uniform)):
        try:
            return int(cn2an.cn2an(spelling, "strict"))
        except ValueError:
            continue
    return None


def chinese_digits(text: str) -> str | None:
    """Digit by digit, 二〇一九 → ``"2019"``; ``None`` if another character occurs."""
    digits = [_DIGIT_VALUES.get(c) for c in text]
    return "".join(d for d in digits if d) if digits and all(digits) else None
