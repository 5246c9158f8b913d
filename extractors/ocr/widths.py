"""Full- or half-width punctuation, decided by the room that it takes on the line.

Recognizers confuse （ with ( and ：with :, which look alike; in print they differ by half a
character of advance. Where the room cannot tell (at the ends of a line) a bracket follows its
partner, and other signs the script beside them. Beside another full-width sign it tells little:
typesetting sets such a pair in one and a half squares (JIS X 4051; CSS text-spacing-trim), about
what a half-width and a full-width sign take. There the language leads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from statistics import median

from extractors.ocr.advances import ADVANCE_HALF, FULL, TO_FULL, TO_HALF, advance, both_widths
from extractors.ocr.comparison import leading_comparison
from extractors.ocr.port import Char, Reading

_PARTNERS = {"(": ")", ")": "("}

ADVANCE_QUOTE = 0.45
"""Advance of quotation marks where the print takes them from a Latin font, em."""
QUOTES = frozenset("“”‘’")
TRIMMED = 0.5
"""Two full-width signs may be set nearer by one blank half, em."""
LEAN = 0.22
"""Ink of a full-width bracket or stop stands this far from the middle of its square, em."""
LEANS_RIGHT = frozenset("（《“‘〔【「『")
LEANS_LEFT = frozenset("）》”’〕】」』，。、；：！？")
LEANING = LEANS_RIGHT | LEANS_LEFT
DECISIVE = 0.2
"""A reading must explain the places better by this much for each sign in which it differs from
the recognizer's, em: twice the error of a character's place."""
SPACE = 0.3
"""Room beyond the advances of its neighbours that a printed space takes at least, em."""
MISSED_SPACE = 1.4
"""Room beyond the advances of its neighbours that holds print or a space, em: one character that
was not read takes 1.0, and the places of two are known to 0.17 each."""
DASH = "—"
DOUBLE_DASH = 1.5
"""Squares between Chinese characters from which a bar is the dash of a sentence, which fills two;
recognizers read its one stroke as one."""
MAX_RUN = 3
"""Longer runs of doubtful signs are left as read."""


def settle_widths(reading: Reading, em: float, start: float) -> Reading:
    """The reading with its punctuation in the width that fits the room.

    Args:
        reading: Of one line.
        em: Text height as a share of the crop's width; used where the line is too short to
            show its own pitch.
        start: Where the ink of the line begins, as a share of the crop's width.
    """
    chars = [c for c in reading.chars if not c.text.isspace()]
    doubtful = [i for i, c in enumerate(chars) if c.text in TO_FULL or c.text in TO_HALF]
    pitch = _pitch(chars, em)
    decided: dict[int, str] = {}
    for run in sorted(_runs(doubtful), key=lambda run: (not _is_framed(chars, run), len(run))):
        decided.update(_decide(chars, run, pitch, decided))
    decided.update(_facing_in(chars, [i for i in doubtful if i not in decided], pitch))
    rest = [i for i in doubtful if i not in decided]
    decided.update(_at_the_ends(chars, rest, decided))
    by_char = {id(chars[i]): replace(chars[i], text=text) for i, text in decided.items()}
    if begins := leading_comparison(reading.chars, pitch, start):
        by_char[id(chars[0])] = begins
    settled = [by_char.get(id(c), c) for c in reading.chars]
    spaced = _with_missed_spaces(_without_false_spaces(settled, pitch), pitch)
    return replace(reading, chars=tuple(_with_double_dashes(spaced, pitch)))


def _without_false_spaces(chars: Sequence[Char], pitch: float) -> list[Char]:
    """Characters without the spaces that are only the blank half of a full-width sign."""
    out: list[Char] = []
    for i, char in enumerate(chars):
        if char.text.isspace() and 0 < i < len(chars) - 1:
            before, after = chars[i - 1], chars[i + 1]
            room = _place(after, pitch) - _place(before, pitch)
            room -= (advance(before.text) + advance(after.text)) / 2
            if room < SPACE and not (before.text.isascii() and after.text.isascii()):
                continue
        out.append(char)
    return out


def _with_missed_spaces(chars: Sequence[Char], pitch: float) -> list[Char]:
    """Characters with a space where they stand far apart: between two fields of one line."""
    out: list[Char] = []
    for i, char in enumerate(chars):
        before = chars[i - 1] if i else None
        if before is not None and not (before.text.isspace() or char.text.isspace()):
            room = _place(char, pitch) - _place(before, pitch)
            room -= (advance(before.text) + advance(char.text)) / 2
            if room > MISSED_SPACE:
                sure = min(before.probability, char.probability)
                out.append(Char(" ", sure, (before.x + char.x) / 2))
        out.append(char)
    return out


def _with_double_dashes(chars: Sequence[Char], pitch: float) -> list[Char]:
    """Characters with a dash between Chinese ones that fills two squares written as two (——)."""
    out: list[Char] = []
    for i, char in enumerate(chars):
        out.append(char)
        near = _near(chars, i)
        if char.text != DASH or len(near) < 2 or not all(_is_wide(c.text) for c in near):
            continue
        if (near[1].x - near[0].x) / pitch - 1 > DOUBLE_DASH:
            out.append(char)
    return out


def _pitch(chars: Sequence[Char], em: float) -> float:
    """Advance of Chinese characters on this line, as a share of the crop's width."""
    steps = [b.x - a.x for a, b in pairwise(chars) if _is_wide(a.text) and _is_wide(b.text)]
    return median(steps) if len(steps) >= 3 else em


def _is_wide(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def _place(char: Char, pitch: float) -> float:
    """Middle of the character's em square, em; its ink may stand left or right of that."""
    lean = LEAN if char.text in LEANS_RIGHT else -LEAN if char.text in LEANS_LEFT else 0.0
    return char.x / pitch - lean


def _runs(indices: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for i in indices:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def tells_width(chars: Sequence[Char], index: int) -> bool:
    """Whether the room beside a sign tells its width."""
    return _is_framed(chars, [index]) or _faces_in(chars, index)


def _faces_in(chars: Sequence[Char], index: int) -> bool:
    """Whether a bracket ends a line it should not end, or begins one, beside Chinese."""
    half = both_widths(chars[index].text)[0]
    near = {("(", len(chars) - 1): index - 1, (")", 0): index + 1}.get((half, index), -1)
    return 0 <= near < len(chars) and _is_wide(chars[near].text)


def _facing_in(chars: Sequence[Char], rest: Sequence[int], pitch: float) -> dict[int, str]:
    """Widths of brackets whose blank half, if they have one, lies between them and the line."""
    out: dict[int, str] = {}
    for i in rest:
        if _faces_in(chars, i):
            half, full = both_widths(chars[i].text)
            step = abs(chars[i].x - _near(chars, i)[0].x) / pitch
            middle = (0.5 + ADVANCE_HALF / 2 + 1.0 + LEAN) / 2
            out[i] = full if step > middle else half
    return out


def _is_framed(chars: Sequence[Char], run: Sequence[int]) -> bool:
    """Whether signs stand between characters whose own width is beyond doubt."""
    near = [chars[i].text for i in (run[0] - 1, run[-1] + 1) if 0 <= i < len(chars)]
    return len(near) == 2 and all(_is_wide(t) or (t.isascii() and t.isalnum()) for t in near)


def _decide(
    chars: Sequence[Char], run: Sequence[int], pitch: float, known: Mapping[int, str]
) -> dict[int, str]:
    """Widths of signs between two characters of known width; none where there is no such pair."""
    first, last = run[0] - 1, run[-1] + 1
    if first < 0 or last >= len(chars) or len(run) > MAX_RUN:
        return {}
    led = tuple(_led_by_language(chars, i) for i in run)
    allowed = [_as_partner(chars, i, known) for i in run]
    best = min(
        product(*allowed),
        key=lambda option: (
            _misfit(chars, first, option, pitch)
            + DECISIVE * sum(o != wanted for o, wanted in zip(option, led, strict=True))
        ),
    )
    return dict(zip(run, best, strict=True))


def _led_by_language(chars: Sequence[Char], index: int) -> str:
    """The width that a sign has unless its room says otherwise.

    As read, but full beside a full-width sign, where no Latin letter or digit stands on the
    other side: such a pair takes much the same room in either width.
    """
    half, full = both_widths(chars[index].text)
    beside = any(c.text in LEANING for c in _near(chars, index))
    leads = beside and half not in "<>" and not _beside_latin(chars, index)
    return full if leads else chars[index].text


def _misfit(chars: Sequence[Char], first: int, signs: Sequence[str], pitch: float) -> float:
    """How far from its printed place the worst of the signs, or what follows them, would stand.

    Args:
        chars: Of the line.
        first: Index of the character before the signs.
        signs: Tried in place of those read.
        pitch: Advance of Chinese characters, share of the crop's width.
    """
    tried = [replace(c, text=t) for c, t in zip(chars[first + 1 :], signs, strict=False)]
    row = [chars[first], *tried, chars[first + len(signs) + 1]]
    # In （2） a half-width sign is as likely as a full one: there, no doubt is made of the room.
    latin = [0 < n < len(row) - 1 and _beside_latin(chars, first + n) for n in range(len(row))]
    cuts = [
        (0.0,) if latin[n] or latin[n + 1] else _cuts(before.text, after.text)
        for n, (before, after) in enumerate(pairwise(row))
    ]
    return min(
        _worst(
            start + width / 2, [(_place(c, pitch), advance(c.text)) for c in tried] + [after], cut
        )
        for start, width in _squares(row[0], pitch)
        for after in _squares(row[-1], pitch)
        for cut in product(*cuts)
    )


def _cuts(before: str, after: str) -> tuple[float, ...]:
    """By how much two neighbours may be set nearer than their squares, em."""
    blank = before in LEANS_LEFT or after in LEANS_RIGHT
    return (0.0, TRIMMED) if blank and before in LEANING and after in LEANING else (0.0,)


def _worst(end: float, squares: Sequence[tuple[float, float]], cuts: Sequence[float]) -> float:
    """Farthest that one of the squares ``(middle, advance)`` stands from where it would be set."""
    worst = 0.0
    for (middle, room), cut in zip(squares, cuts, strict=True):
        end -= cut
        worst = max(worst, abs(middle - end - room / 2))
        end += room
    return worst


def _squares(char: Char, pitch: float) -> list[tuple[float, float]]:
    """Middle and advance that a character may have, em; quotes are set narrow or full."""
    full = (_place(char, pitch), advance(char.text))
    return [full, (char.x / pitch, ADVANCE_QUOTE)] if char.text in QUOTES else [full]


def _as_partner(chars: Sequence[Char], index: int, known: Mapping[int, str]) -> tuple[str, ...]:
    """Widths that a sign may have: a pair of brackets is set in one width."""
    half, full = both_widths(chars[index].text)
    partner = _partner(chars, index, half)
    if partner not in known:
        return half, full
    return (full,) if known[partner] in FULL else (half,)


def _at_the_ends(
    chars: Sequence[Char], rest: Sequence[int], decided: dict[int, str]
) -> dict[int, str]:
    out: dict[int, str] = {}
    for i in sorted(rest, key=lambda i: not _beside_chinese(chars, i)):
        half, full = both_widths(chars[i].text)
        partner = {**decided, **out}.get(_partner(chars, i, half))
        if partner is not None:
            out[i] = full if partner in FULL else half
        elif half not in "<>" and (_beside_chinese(chars, i) or _is_alone(chars, half)):
            out[i] = full
    return out


def _is_alone(chars: Sequence[Char], half: str) -> bool:
    """Whether a bracket is all there is on its line: its partner stands in Chinese text above.

    Of commas and stops the shape alone tells more: the full-width ones are larger.
    """
    return len(chars) == 1 and half in _PARTNERS


def _partner(chars: Sequence[Char], index: int, half: str) -> int:
    """Index of the bracket that closes or opens the one at ``index``; -1 where there is none."""
    wanted = _PARTNERS.get(half)
    if wanted is None:
        return -1
    order = range(index + 1, len(chars)) if half == "(" else range(index - 1, -1, -1)
    for i in order:
        sign = TO_HALF.get(chars[i].text, chars[i].text)
        if sign == wanted:
            return i
        if sign == half:
            return -1
    return -1


def _near(chars: Sequence[Char], index: int) -> list[Char]:
    """The one or two characters beside the one at ``index``."""
    return [chars[i] for i in (index - 1, index + 1) if 0 <= i < len(chars)]


def _beside_chinese(chars: Sequence[Char], index: int) -> bool:
    return any(_is_wide(c.text) or c.text in LEANING for c in _near(chars, index))


def _beside_latin(chars: Sequence[Char], index: int) -> bool:
    return any(c.text.isascii() and c.text.isalnum() for c in _near(chars, index))
