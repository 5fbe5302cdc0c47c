"""Drawings as Quick, Draw! files hold them, for property tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sketchstudio.formats.drawing import Drawing


def strokes(elements: st.SearchStrategy[Any], least: int = 1) -> st.SearchStrategy[Any]:
    """One to four strokes (N, 2) float64."""
    one = st.integers(least, 9).flatmap(lambda n: arrays(np.float64, (n, 2), elements=elements))
    return st.lists(one, min_size=1, max_size=4).map(tuple)


pixels = st.integers(0, 255)
words = st.sampled_from(["cat", "power outlet", "çà \u2603", ""])


def same_strokes(one: Drawing, other: Drawing) -> bool:
    """Whether two drawings have exactly the same points in the same strokes."""
    return len(one.strokes) == len(other.strokes) and all(
        np.array_equal(a, b) for a, b in zip(one.strokes, other.strokes, strict=True)
    )


def write_lines(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
