"""What is alike put together: people or clients divided into blocks of about the same size."""

from __future__ import annotations

import numpy as np

from staffing.solving.arrays import BoolArray, FloatArray, IntArray

TIE = 1e-9
"""So little that it only decides who is drawn first, and between equals."""


def kinship(of: FloatArray) -> FloatArray:
    """Return how much each two rows are alike (cosine similarity)."""
    common = of @ of.T
    norm = np.sqrt(np.maximum(1e-9, np.diag(common)))
    return np.asarray(common / norm[:, None] / norm)


def grown(alike: FloatArray, sizes: IntArray, count: int, random: np.random.Generator) -> IntArray:
    """Return a block for each row: blocks grow from rows drawn, nearest first, to equal shares of all sizes.

    Where there are fewer rows than blocks, some blocks have none.
    """
    block = np.full(len(sizes), count - 1, dtype=np.int64)
    left: BoolArray = np.ones(len(sizes), dtype=bool)
    for number in range(count - 1):
        near = TIE * random.random(len(sizes))
        share, size = sizes[left].sum() / (count - number), 0
        while left.any() and size < share:
            one = int(np.argmax(np.where(left, near, -1)))
            block[one], left[one] = number, False
            size += int(sizes[one])
            near += alike[one]
    return block
