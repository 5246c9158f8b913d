"""Radical code points that stand for plain characters in the text layer of many PDFs.

Fonts draw 页 and the radical ⻚ with one glyph, so PDF writers may record either. NFKC mends the
Kangxi block (U+2F00) but hardly anything of the CJK Radicals Supplement (U+2E80).
"""

from __future__ import annotations

_SUPPLEMENT = (
    "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇几 ⺈刀 ⺉刂 ⺊卜 ⺋卩 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 "
    "⺑尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 "
    "⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糹 ⺰纟 ⺱罓 "
    "⺲罒 ⺳网 ⺴冗 ⺵网 ⺶羊 ⺷羊 ⺸羊 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 "
    "⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 "
    "⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞食 ⻟飠 ⻠饣 ⻡首 "
    "⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 "
    "⻲亀 ⻳龟"
)
"""Pairs radical, plain character. Source: Unicode 14 property Equivalent_Unified_Ideograph; where
that names a component of plane 2 or a rare variant, the character it is a form of."""

_SIMPLIFIED = "⼾户 ⾭青"
"""Kangxi radicals that NFKC turns into the traditional shape, where simplified text means these."""

RADICALS: dict[str, str] = {pair[0]: pair[1] for pair in f"{_SUPPLEMENT} {_SIMPLIFIED}".split()}
"""Radical → plain character, for all code points that NFKC does not mend as wanted."""
