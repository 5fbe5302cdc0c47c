"""A drawing as Quick, Draw! files hold it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sketchstudio.formats.archive import unpacked

Numbers = npt.NDArray[np.float64]
"""Coordinates of a file: float64, so that they are written again as they were read."""

OnError = Callable[[str], None]
"""Told, in one line that names the file and the place, of a drawing that cannot be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """One drawing of a file.

    Attributes:
        strokes: (N, 2) float64 each, the file's units, y down.
        word: Its category, where known.
        key: The file's own identifier, where it has one.
        extra: Other fields of the drawing, kept when it is written again.
        times: For each stroke (N,) float64 ms, or None where it has none; () for no times at all.
        place: Where it stands, such as ``cats.ndjson, line 3``.
    """

    strokes: tuple[npt.NDArray[Any], ...]
    word: str = ""
    key: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    times: tuple[Numbers | None, ...] = ()
    place: str = ""


def word_of(path: Path) -> str:
    """The category that the name of an official file says: ``cat.full.npz`` is of cats."""
    return unpacked(path).stem.removesuffix(".full")


def rounded(strokes: Iterable[npt.NDArray[Any]], size: float) -> tuple[Numbers, ...]:
    """Strokes with 2 decimals, or more where the drawing is so small that it needs them.

    Args:
        strokes: (N, 2) each.
        size: Longest side of the drawing, in the strokes' units.
    """
    decimals = 2 + max(0, math.ceil(math.log10(100 / size)))
    numbers = (np.asarray(stroke, dtype=np.float64) for stroke in strokes)
    return tuple(stroke.round(decimals) for stroke in numbers)
