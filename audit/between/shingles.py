"""Texts as sets of short stretches, hashed many texts at once.

Stretches are hashed by numpy, since texts come by the half million; the MinHash of their hashes
(Broder 1997) is rensa's, a whole batch in one call. Texts whose signatures agree in all of a band
are candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

STRETCH = 5
"""Characters of a stretch."""
PERMUTATIONS = 64
"""The estimate of a likeness s has a standard deviation of √(s(1−s)/64), 0.06 at the most."""
BANDS = 16
"""Of four values each: a pair with a likeness of 0.85 is missed once in 10⁵."""
SEED = 1
"""Of the permutations; any will do, as long as it stays."""
EMPTY = np.uint32(0xFFFFFFFF)
"""What a text without a stretch has for its least hash."""
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
    """Least hash by text and permutation, shape (texts, PERMUTATIONS)."""
    lengths = np.fromiter((len(t) for t in texts), dtype=np.int64, count=len(texts))
    hashed = stretches(characters("".join(texts)))
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    inside = owner[: len(hashed)] == owner[len(owner) - len(hashed) :]
    counts = np.bincount(owner[: len(hashed)][inside], minlength=len(texts))
    ends = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint64)
    tokens = np.ascontiguousarray(hashed[inside])
    found = RMinHash.digest_matrix_from_flat_token_hashes(
        tokens, ends, num_perm=PERMUTATIONS, seed=SEED
    )
    return np.array(found.to_rows(), dtype=np.uint32).reshape(len(texts), PERMUTATIONS)


def band_keys(found: UInt32s) -> UInt64s:
    """Hash of each band of the signatures, shape (texts, BANDS): equal ones are candidates."""
    rows = found.reshape(len(found), BANDS, PERMUTATIONS // BANDS).astype(np.uint64)
    keys = np.zeros((len(found), BANDS), dtype=np.uint64)
    for column in range(rows.shape[2]):
        keys *= np.uint64(_FACTOR)
        keys += rows[:, :, column]
        keys ^= keys >> np.uint64(31)
    return keys


def similarity(one: UInt32s, other: UInt32s) -> npt.NDArray[np.float64]:
    """Estimated share of common stretches (Jaccard), row by row of two arrays of signatures."""
    share: npt.NDArray[np.float64] = ((one == other) & (one != EMPTY)).mean(axis=1)
    return share
