"""Independent streams of chance, so that one purpose never disturbs another."""

from __future__ import annotations

import zlib

import numpy as np


def generator_for(seed: int, purpose: str) -> np.random.Generator:
    """The stream of one purpose of one seed."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])
