"""Codes between others: on the way between two, in the square of four, and with something added."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.model.latent import unit_rms

Codes = npt.NDArray[np.float32]
Between = Callable[[Codes, Codes, npt.ArrayLike], Codes]
"""`lerp` or `slerp`."""


def mixed(corners: Codes, places: Sequence[tuple[float, float]], between: Between) -> Codes:
    """Codes (N, code) at places among two or four corners.

    Args:
        corners: (2, code), the ends of a line; or (4, code): top left, top right, bottom left,
            bottom right.
        places: (x, y), 0 to 1 between the corners and beyond them otherwise; of a line only x.
        between: The way from one code to another.

    Raises:
        ValueError: There are neither two corners nor four.
    """
    if len(corners) not in (2, 4):
        raise ValueError(f"a blend is of two codes or four, not {len(corners)}")
    across, down = np.asarray(places, dtype=np.float64).reshape(-1, 2).T
    top = between(corners[0], corners[1], across)
    if len(corners) == 2:
        return top
    bottom = between(corners[2], corners[3], across)
    rows = [between(a, b, [y]) for a, b, y in zip(top, bottom, down, strict=True)]
    return np.concatenate(rows)


def moved(codes: Codes, added: Codes) -> Codes:
    """Codes (N, code) with ``added`` (code,) to each.

    Each keeps its size, so that one on the sphere stays there.
    """
    sizes = np.sqrt(np.mean(codes * codes, axis=-1, keepdims=True))
    return np.asarray(unit_rms(codes + added) * sizes, dtype=np.float32)
