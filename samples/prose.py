"""Long texts: running prose, paragraphs and numbered lists out of the sentence patterns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samples.lexicon import Writer, chance, pick, vocabulary

FIELDS = {
    "overview": ("overview", 5),
    "basis": ("basis", 5),
    "necessity": ("necessity", 4),
    "safeguards": ("safeguards", 4),
    "implementation_plan": ("plan", 5),
    "overall_goal": ("overall", 3),
    "annual_goal": ("annual", 4),
}
"""Record key → kind of sentence and their usual number."""

HEADINGS = ("具体如下：", "主要内容：", "分以下几个方面：")
CHINESE_ORDINALS = "一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
NUMBERINGS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}、",
    lambda n: f"{n}.",
    lambda n: f"（{n}）",
    lambda n: f"({n})",
    lambda n: f"{CHINESE_ORDINALS[n - 1]}、",
    lambda n: f"（{CHINESE_ORDINALS[n - 1]}）",
    lambda n: CIRCLED[n - 1],
)


def compose_long_texts(rng: np.random.Generator, writer: Writer, length: float) -> dict[str, str]:
    """A text for every long field; paragraphs are separated by line feeds."""
    texts = {}
    for key, (kind, usual) in FIELDS.items():
        count = max(1, round(usual * length * float(rng.uniform(0.5, 1.5))))
        texts[key] = compose_text(rng, writer, kind, count)
    remarks = vocabulary("sentences")["remarks"]
    texts["remarks"] = writer.fill(pick(rng, remarks)) if chance(rng, 0.3) else ""
    return texts


def compose_text(rng: np.random.Generator, writer: Writer, kind: str, count: int) -> str:
    """Running text, paragraphs or a list of so many sentences of a kind."""
    patterns: list[str] = vocabulary("sentences")[kind]
    order = rng.permutation(len(patterns))
    sentences = [writer.fill(patterns[order[i % len(order)]]) for i in range(min(count, 9))]
    style = pick(rng, ["prose", "paragraphs", "list", "list", "inline"])
    if kind == "basis" and style == "prose":
        style = "list"
    if style == "paragraphs":
        return "\n".join(_join(rng, group) for group in _groups(rng, sentences))
    if style == "prose" or len(sentences) == 1:
        return _join(rng, sentences)
    number = pick(rng, NUMBERINGS)
    items = [number(i + 1) + s for i, s in enumerate(sentences)]
    if style == "inline":
        return "".join(f"{i.rstrip('。；')}；" for i in items[:-1]) + items[-1]
    if chance(rng, 0.3):
        items.insert(0, pick(rng, HEADINGS))
    return "\n".join(items)


def _groups(rng: np.random.Generator, sentences: list[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for sentence in sentences:
        if groups[-1] and chance(rng, 0.5):
            groups.append([])
        groups[-1].append(sentence)
    return groups


def _join(rng: np.random.Generator, sentences: list[str]) -> str:
    text = "".join(s if s[-1] in "。；" else f"{s}。" for s in sentences)
    if chance(rng, 0.3):
        text = f"{text[:-1]}，{pick(rng, vocabulary('sentences')['endings'])}。"
    return text
