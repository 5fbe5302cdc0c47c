"""The fast lasso agrees with looking at every point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.enclosed import shares_inside
from sketchstudio.core.geometry import inside
from sketchstudio.core.stroke import Stroke, StrokeStyle


@given(st.integers(0, 1 << 30), st.integers(3, 60), st.floats(1e-3, 1e4))
def test_it_agrees_with_the_exact_rule(seed: int, corners: int, size: float) -> None:
    """However the lasso crosses itself, no point is put on the wrong side."""
    rng = np.random.default_rng(seed)
    polygon = (rng.uniform(0, 1, (corners, 2)) * size).astype(np.float32)
    strokes = [
        Stroke.from_points(
            (rng.uniform(-0.2, 1.2, 2) + rng.normal(0, spread, (n, 2))) * size,
            StrokeStyle(width=0.0, smoothing=0.0),
        )
        for n in rng.integers(1, 80, 20)
        for spread in (0.002, 0.02, 0.5)
    ]
    boxes = [stroke.bounds for stroke in strokes]
    expected = [inside(stroke.points, polygon).mean() for stroke in strokes]
    np.testing.assert_allclose(shares_inside(strokes, boxes, polygon), expected)


@pytest.mark.parametrize("polygon", [np.zeros((2, 2)), np.zeros((0, 2))])
def test_a_line_encloses_nothing(polygon: np.ndarray) -> None:
    """A click is no lasso."""
    line = Stroke.from_points([[0, 0], [1, 1]])
    assert shares_inside([line], [line.bounds], polygon.astype(np.float32)).tolist() == [0.0]
    assert len(shares_inside([], [], polygon.astype(np.float32))) == 0
