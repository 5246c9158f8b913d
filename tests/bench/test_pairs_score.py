import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pairs_score import FoundPair, PairsScore, TruePair, is_near, normalized, score_pairs


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("项目名称：", "项目名称"),
        (" 姓 名 :: ", "姓名"),
        ("（ＡＢ）１", "(AB)1"),
        ("时间：10:30", "时间:10:30"),
        ("", ""),
    ],
)
def test_width_space_and_trailing_colons_do_not_count(text, plain):
    assert normalized(text) == plain


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("一二三四五六七八九十", "一二三四五六七八九〇", True),
        ("一二三四五六七八九", "一二三四五六七八〇", False),
        ("联系人：", "联系人", True),
        ("", "x", False),
    ],
)
def test_one_edit_in_ten_characters_is_forgiven(one, other, near):
    assert is_near(one, other) is near


def test_each_true_pair_counts_once():
    twice = [FoundPair("姓名", "王甲"), FoundPair("姓名", "王甲")]
    score = score_pairs(twice, [TruePair("姓名", ("王甲",))])
    assert (len(score.right), len(score.missed), len(score.spurious)) == (1, 0, 1)


def test_the_nearest_goes_first():
    exact, near = (
        FoundPair("建设单位名称及地址", "甲" * 20),
        FoundPair("建设单位名称及地址", "甲" * 19),
    )
    score = score_pairs([near, exact], [TruePair("建设单位名称及地址", ("甲" * 20,))])
    assert score.spurious == (near,)


def test_any_spelling_of_the_value_is_right():
    want = TruePair("规模", ("第二行第一行", "第一行第二行"))
    assert score_pairs([FoundPair("规模", "第一行第二行")], [want]).f1 == 1.0


def test_label_and_value_must_both_be_right():
    want = [TruePair("姓名", ("王甲",)), TruePair("职务", ("李乙",))]
    score = score_pairs([FoundPair("姓名", "李乙")], want)
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)


def test_shares_over_several_pages_are_micro_averages():
    one = score_pairs([FoundPair("甲", "1")], [TruePair("甲", ("1",))])
    other = score_pairs([], [TruePair("乙", ("2",)), TruePair("丙", ("3",))])
    both = one + other
    assert (both.precision, both.recall, both.f1) == (1.0, 1 / 3, 0.5)
    assert PairsScore().f1 is None


@given(st.lists(st.tuples(st.text("甲乙丙丁", min_size=1), st.text("12345", min_size=1))))
def test_a_page_read_rightly_has_no_error(pairs):
    true = [TruePair(label, (value,)) for label, value in pairs]
    score = score_pairs([FoundPair(*pair) for pair in pairs], true)
    assert (score.missed, score.spurious) == ((), ())
