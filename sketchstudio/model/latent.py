"""Moving between latent codes, and telling them apart.

The studio model's codes have a root mean square of 1, so they lie on a sphere. Those of the
paper's variants do not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.float32]


def unit_rms(codes: npt.ArrayLike) -> Codes:
    """Codes (..., code) scaled to a root mean square of 1; a zero code stays."""
    array = np.asarray(codes, dtype=np.float32)
    size = np.sqrt(np.mean(array * array, axis=-1, keepdims=True))
    return np.asarray(array / np.where(size > 0, size, 1), dtype=np.float32)


def slerp(a: Codes, b: Codes, positions: npt.ArrayLike) -> Codes:
    """Codes (N, code) along the great circle from ``a`` (position 0) to ``b`` (1) and beyond.

    Where the ends are the same or opposite there is no one circle, and the line is taken.
    (Shoemake 1985.)
    """
    t = np.asarray(positions, dtype=np.float64).reshape(-1, 1)
    x, y = a.astype(np.float64), b.astype(np.float64)
    lengths = max(float(np.linalg.norm(x) * np.linalg.norm(y)), 1e-12)
    angle = math.acos(max(-1.0, min(1.0, float(x @ y) / lengths)))
    if math.sin(angle) < 1e-4:
        return np.asarray((1 - t) * x + t * y, dtype=np.float32)
    mixed = np.sin((1 - t) * angle) * x + np.sin(t * angle) * y
    return np.asarray(mixed / math.sin(angle), dtype=np.float32)


def lerp(a: Codes, b: Codes, positions: npt.ArrayLike) -> Codes:
    """Codes (N, code) on the line from ``a`` (position 0) to ``b`` (1) and beyond."""
    t = np.asarray(positions, dtype=np.float32).reshape(-1, 1)
    return np.asarray(a + t * (b - a), dtype=np.float32)


def discriminant(groups: Sequence[Codes], wider: float = 1.0) -> tuple[Codes, Codes]:
    """Weights (G, code) and biases (G,) of logits that name the group of a code.

    The nearest group wins, by distances in which the spread within groups is the unit (Fisher's
    linear discriminant; the spread is shrunk towards that of a round cloud, as few codes do not
    tell a whole covariance).

    Args:
        groups: Codes (N, code) of each.
        wider: The spread of the codes to name, in times the variance of these.
    """
    means = np.stack([group.mean(axis=0, dtype=np.float64) for group in groups])
    within = np.concatenate(
        [group - mean for group, mean in zip(groups, means, strict=True)]
    ).astype(np.float64)
    covariance = within.T @ within / len(within)
    size = covariance.shape[0]
    round_cloud = np.eye(size) * max(float(np.trace(covariance)) / size, 1e-6)
    weights = np.linalg.solve((covariance + round_cloud) / 2, means.T).T
    biases = -0.5 * (weights * means).sum(axis=1)
    return (weights / wider).astype(np.float32), (biases / wider).astype(np.float32)
