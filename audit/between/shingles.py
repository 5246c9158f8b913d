"""Texts as sets of short stretches, hashed many texts at once.

A text's signature is a one-permutation MinHash (Li, Owen, Zhang 2012): every stretch falls into one
of `BINS` by part of its hash, and the least of each bin is kept; empty bins borrow from the next
full one (Shrivastava, Li 2014). One pass over the characters instead of one a permutation is what
makes an archive of a hundred thousand declarations a matter of seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

STRETCH = 5
"""Characters of a stretch."""
BINS = 64
BANDS = 16
EMPTY = np.uint32(0xFFFFFFFF)
_FACTOR = 0x9E3779B97F4A7C15

UInt64s = npt.NDArray[np.uint64]
UInt32s = npt.NDArray[np.uint32]


def characters(text: str) -> UInt32s:
    """Code points; lone surrogates are kept."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def stretches(codes: UInt32s) -> UInt64s:
    """Hash of the stretch that begins at each character, as far as there is one."""
    count = len(codes) - STRETCH + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    wide = codes.astype(np.uint64)
    hashed = wide[:count].copy()
    for offset in range(1, STRETCH):
        hashed *= np.uint64(1_000_003)
        hashed += wide[offset : offset + count]
    hashed *= np.uint64(_FACTOR)
    hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(_FACTOR)
    return hashed


def signatures(texts: Sequence[str]) -> UInt32s:
    """Least hash by text and bin, shape (texts, BINS); `EMPTY` where nothing fell into a bin."""
    found = np.full((len(texts), BINS), EMPTY, dtype=np.uint32)
    lengths = np.fromiter((len(t) for t in texts), dtype=np.int64, count=len(texts))
    hashed = stretches(characters("".join(texts)))
    if not len(hashed):
        return found
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    inside = owner[: len(hashed)] == owner[STRETCH - 1 :]
    hashed, owner = hashed[inside], owner[: len(inside)][inside]
    places = owner * BINS + (hashed >> np.uint64(58)).astype(np.int64)
    np.minimum.at(found.reshape(-1), places, (hashed >> np.uint64(20)).astype(np.uint32))
    return found


def band_keys(found: UInt32s) -> UInt64s:
    """Hash of each band of the signatures, shape (texts, BANDS): equal ones are candidates."""
    filled = found.copy()
    for _ in range(BINS):
        empty = filled == EMPTY
        if not empty.any():
            break
        filled = np.where(empty, np.roll(filled, -1, axis=1), filled)
    rows = filled.reshape(len(filled), BANDS, BINS // BANDS).astype(np.uint64)
    keys = np.zeros((len(filled), BANDS), dtype=np.uint64)
    for column in range(rows.shape[2]):
        keys *= np.uint64(_FACTOR)
        keys += rows[:, :, column]
        keys ^= keys >> np.uint64(31)
    return keys


def similarity(one: UInt32s, other: UInt32s) -> npt.NDArray[np.float64]:
    """Estimated share of common stretches (Jaccard), row by row of two arrays of signatures."""
    full = (one != EMPTY) | (other != EMPTY)
    same = (one == other) & full
    share: npt.NDArray[np.float64] = same.sum(axis=1) / np.maximum(full.sum(axis=1), 1)
    return share
