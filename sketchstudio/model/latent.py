"""Moving between latent codes. All codes have a root mean square of 1, so they lie on a sphere."""

from __future__ import annotations

import math

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
