"""A line of many points becomes few curves that stay near it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.fitting import fitted, is_straight


def drawn(curves: list[np.ndarray]) -> np.ndarray:
    t = np.linspace(0, 1, 600)[:, None]
    u = 1 - t
    return np.concatenate(
        [u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d for a, b, c, d in curves]
    )


def distance(points: np.ndarray, line: np.ndarray) -> float:
    gaps = np.hypot(*(points[:, None] - line[None]).transpose(2, 0, 1))
    return float(gaps.min(axis=1).max())


@pytest.mark.parametrize("tolerance", [0.1, 0.5, 2.0])
def test_curves_stay_within_the_tolerance(tolerance: float) -> None:
    """A spiral with loops, both ways: no point far from the curve, and no curve far from it."""
    t = np.linspace(0, 14, 2800)
    line = np.stack([200 + 12 * t * np.cos(t), 200 + 9 * t * np.sin(1.3 * t)], axis=1)
    curves = fitted(line, tolerance)
    assert distance(line[::24], drawn(curves)) <= tolerance + 0.2
    assert distance(drawn(curves)[::9], line) <= tolerance + 0.6  # points lie 1.1 px apart
    for before, after in itertools.pairwise(curves):
        np.testing.assert_array_equal(before[3], after[0])


def test_few_curves_are_enough() -> None:
    """A circle takes four to six curves, a straight line one, a square four."""
    t = np.linspace(0, 2 * np.pi, 400)
    circle = 100 * np.stack([np.cos(t), np.sin(t)], axis=1)
    assert 3 <= len(fitted(circle, 0.1)) <= 6
    line = np.stack([np.linspace(0, 99, 50), np.linspace(0, 30, 50)], axis=1)
    (only,) = fitted(line, 0.1)
    assert is_straight(only)
    side = np.linspace(0, 1, 30)[:, None]
    corners = np.array([[0, 0], [90, 0], [90, 90], [0, 90], [0, 0]], float)
    square = np.concatenate([a + side * (b - a) for a, b in itertools.pairwise(corners)])
    curves = fitted(square, 0.2)
    assert len(curves) == 4
    assert all(map(is_straight, curves))


def test_a_looser_fit_has_fewer_curves() -> None:
    """The tolerance is what decides how many nodes a file has."""
    rng = np.random.default_rng(1)
    t = np.linspace(0, 20, 900)
    line = np.stack([20 * t, 40 * np.sin(t)], axis=1) + rng.normal(0, 0.02, (900, 2))
    counts = [len(fitted(line, tolerance)) for tolerance in (0.2, 1.0, 5.0)]
    assert counts[0] > counts[1] > counts[2]


@given(
    st.lists(st.tuples(*[st.integers(-500, 500)] * 2), min_size=1, max_size=40),
    st.sampled_from([0.05, 0.5, 5.0]),
)
def test_any_line_is_followed(points: list[tuple[int, int]], tolerance: float) -> None:
    """Zigzags, repeated points and single ones: the ends stay and nothing is far away."""
    line = np.array(points, dtype=np.float64)
    curves = fitted(line, tolerance)
    np.testing.assert_array_equal(curves[0][0], line[0])
    np.testing.assert_array_equal(curves[-1][3], line[-1])
    assert np.isfinite(np.stack(curves)).all()
    assert distance(line, drawn(curves)) <= tolerance + 3.0  # drawn in steps of up to 7 px


def test_a_line_beyond_measure_is_written_as_it_is() -> None:
    """A file from a stranger may hold any finite numbers: fitting them ends, whatever they are."""
    line = np.random.default_rng(0).uniform(-1, 1, (300, 2)) * 1e30
    assert len(fitted(line, 0.5)) == 299
    far = np.random.default_rng(0).uniform(-1, 1, (60, 2)) * 1e4
    assert len(fitted(far, 0.5)) < 30_000
