import pytest

from bench.pairs_causes import MissCause, SpuriousCause, cause_of_miss, cause_of_spurious
from bench.pairs_score import FoundPair
from bench.real_truth import Question, TrueLine
from extractors.geometry import BBox

HERE = BBox(0.1, 0.1, 0.2, 0.12)
ABOVE = BBox(0.1, 0.05, 0.2, 0.07)


def line(text, label="answer"):
    return TrueLine(text, label, HERE)


def question(text, *answers):
    return Question(text, HERE, tuple(a if isinstance(a, TrueLine) else line(a) for a in answers))


@pytest.mark.parametrize(
    ("asked", "found", "cause"),
    [
        (question("负责人", line("姓名", "question")), [], MissCause.GROUP),
        (question("单位", "甲厂"), [], MissCause.LABEL_NOT_READ),
        (question("姓名", "王甲"), [("姓名", "")], MissCause.VALUE_BLANK),
        (question("地址", "某市某路"), [("地址", "某市")], MissCause.VALUE_CUT),
        (question("地址", "某市"), [("地址", "某市某路")], MissCause.VALUE_JOINED),
        (question("类型", "☑新建□改建"), [("类型", "新建改建")], MissCause.MARKS_APART),
        (question("姓名", "王甲", "李乙"), [("姓名", "王甲")], MissCause.COLUMN),
        (question("姓名", "王甲"), [("姓名", "职务")], MissCause.OTHER_VALUE),
        (question("主要联系人姓名", "王甲"), [("联系人姓名", "王甲")], MissCause.LABEL_CUT),
        (question("姓名", "王甲"), [("职务", "王甲")], MissCause.LABEL_OTHER),
        (question("姓名", "王甲"), [("负责人", "王甲", ABOVE)], MissCause.LABEL_ABOVE),
        (question("姓名", "王甲"), [("王甲", "职务")], MissCause.VALUE_AS_LABEL),
        (question("姓名", "王甲"), [("负责人", "姓名")], MissCause.LABEL_AS_VALUE),
        (question("姓名", "王甲"), [("职务", "厂长")], MissCause.NO_PAIR),
    ],
)
def test_why_a_pair_was_missed(asked, found, cause):
    pairs = [FoundPair(*pair) for pair in found]
    assert cause_of_miss(asked, pairs, "负责人主要联系人姓名地址类型") is cause


@pytest.mark.parametrize(
    ("label", "cause"),
    [
        ("姓名", SpuriousCause.RIGHT_LABEL),
        ("备注", SpuriousCause.LABEL_WITHOUT_ANSWER),
        ("王甲", SpuriousCause.ANSWER_AS_LABEL),
        ("附件名", SpuriousCause.OTHER_TEXT),
        ("附件", SpuriousCause.PART_OF_LABEL),
        ("性别职务", SpuriousCause.MISREAD),
    ],
)
def test_what_a_spurious_pair_is(label, cause):
    lines = [line("姓名", "question"), line("备注：", "question"), line("王甲")]
    lines.append(line("附件名", "header"))
    assert cause_of_spurious(FoundPair(label, "x"), [question("姓名", "王甲")], lines) is cause
