"""The layout of codes: what is alike comes to lie together, the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from sketchstudio.model import layout
from sketchstudio.model.layout import STEPS, Layout


def laid_out(codes: np.ndarray) -> np.ndarray:
    laid = Layout(codes)
    while not laid.done:
        laid.step()
    return laid.points


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
    laid = Layout(np.random.default_rng(0).normal(size=(9, 4)).astype(np.float32))
    steps = 0
    while not laid.done:
        laid.step()
        steps += 1
    assert steps == STEPS


def test_equal_drawings_share_a_place_and_more_than_fit_lie_among_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every exemplar gets a place of its category, however many there are."""
    rng = np.random.default_rng(2)
    middles = rng.normal(size=(4, 1, 16))
    exemplars = (middles + rng.normal(scale=0.1, size=(4, 12, 16))).astype(np.float32)
    exemplars[2, 7:] = exemplars[2, 0]
    for most in (1200, 20):
        monkeypatch.setattr(layout, "MOST_LAID_OUT", most)
        places = layout.MapLayout(exemplars).run()
        assert places.shape == (4, 12, 2)
        np.testing.assert_array_equal(places[2, 7], places[2, 0])
        points = places.reshape(-1, 2)
        near = np.argsort(np.linalg.norm(points[:, None] - points, axis=-1), axis=1)[:, 1:4]
        assert (near // 12 == np.arange(48)[:, None] // 12).mean() > 0.9
