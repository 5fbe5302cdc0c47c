"""The layout of codes: what is alike comes to lie together, the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from sketchstudio.model.layout import STEPS, Layout


def laid_out(codes: np.ndarray) -> np.ndarray:
    layout = Layout(codes)
    while not layout.done:
        layout.step()
    return layout.points


def test_clusters_stay_clusters() -> None:
    """Each code's nearest neighbours on the map are of its own group."""
    rng = np.random.default_rng(3)
    groups = 6
    middles = rng.normal(size=(groups, 1, 32))
    codes = (middles + rng.normal(scale=0.3, size=(groups, 12, 32))).reshape(-1, 32)
    points = laid_out(codes.astype(np.float32))
    labels = np.repeat(np.arange(groups), 12)
    distance = np.linalg.norm(points[:, None] - points, axis=-1)
    np.fill_diagonal(distance, np.inf)
    near = np.argsort(distance, axis=1)[:, :5]
    assert (labels[near] == labels[:, None]).mean() > 0.95
    assert np.abs(points).max() == pytest.approx(1)


def test_the_same_codes_make_the_same_map() -> None:
    """Nothing is left to chance: who comes back finds everything where it was."""
    codes = np.random.default_rng(1).normal(size=(40, 16)).astype(np.float32)
    np.testing.assert_array_equal(laid_out(codes), laid_out(codes.copy()))


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_few_codes_make_a_map_too(count: int) -> None:
    """A model of one category, or of examples that are all the same, is no reason to fail."""
    codes = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    for given in (codes, np.ones_like(codes)):
        points = laid_out(given)
        assert points.shape == (count, 2)
        assert np.isfinite(points).all()


def test_it_takes_small_steps() -> None:
    """The worker can leave it between any two, for what is more urgent, and come back."""
    layout = Layout(np.random.default_rng(0).normal(size=(9, 4)).astype(np.float32))
    steps = 0
    while not layout.done:
        layout.step()
        steps += 1
    assert steps == STEPS
