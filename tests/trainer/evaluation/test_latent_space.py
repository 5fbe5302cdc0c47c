"""The latent space's figures, against what can be worked out by hand or by scikit-learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from helpers.tiny import tiny_studio
from sklearn.metrics import silhouette_score

from sketchstudio.core.sampling import Sampling
from sketchstudio.model.classifier import ClassifierConfig
from trainer.evaluation.latent_space import Map, separation, smoothness, tsne
from trainer.evaluation.pictures import MAP, category_colours, latent_map
from trainer.recogniser import Recogniser


def clusters(spread: float, count: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Codes of three categories, and their labels."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(3), count)
    return (10 * np.eye(3, 8)[labels] + rng.normal(0, spread, (3 * count, 8))).astype("f4"), labels


@pytest.mark.parametrize("spread", [0.5, 4.0, 50.0])
def test_the_silhouette_is_scikit_learns(spread: float) -> None:
    """Whether categories lie apart or not, and with more codes than are taken at once."""
    codes, labels = clusters(spread, 200)
    expected = silhouette_score(codes, labels)
    assert separation(codes, labels)["silhouette"] == pytest.approx(expected, abs=2e-4)


def test_purity_counts_neighbours_of_the_own_category() -> None:
    """All of them where categories are apart, a third of them where they are mixed."""
    assert separation(*clusters(0.1))["purity"] == 1
    codes, labels = clusters(0.1)
    mixed = np.random.default_rng(1).permutation(labels)
    assert separation(codes, mixed)["purity"] == pytest.approx(1 / 3, abs=0.08)


def test_odd_codes_have_figures_too() -> None:
    """Dead codes, a category of one drawing, a single drawing."""
    dead = separation(np.ones((20, 4), np.float32), np.arange(20) % 2)
    assert dead["silhouette"] == 0
    codes, labels = clusters(0.5)
    labels[0] = 7
    assert separation(codes, labels)["silhouette"] == pytest.approx(
        silhouette_score(codes, labels), abs=2e-4
    )
    assert separation(codes[:1], labels[:1]) == {}


def test_blends_have_a_way_and_dead_codes_have_none() -> None:
    """A way is no shorter than the distance of its ends, and no step longer than the way."""
    studio = tiny_studio()
    recogniser = Recogniser(ClassifierConfig(studio.config.categories, 16, (4, 8), 8)).eval()
    codes = studio.exemplar_codes.reshape(-1, studio.config.code)
    labels = np.repeat(np.arange(3), 4)
    scores = smoothness(studio, recogniser, codes, labels, Sampling())
    assert scores["path"] >= 1
    assert 1 / 8 <= scores["jump"] <= 1
    same = np.repeat(codes[:1], len(codes), axis=0)
    assert smoothness(studio, recogniser, same, labels, Sampling()) == {}


def test_a_map_keeps_clusters_together(tmp_path: Path) -> None:
    """Every category is in its own part of the map, and its dots in its own colour."""
    codes, labels = clusters(0.5)
    layout = tsne(codes, labels)
    assert layout.places.min() >= 0
    assert layout.places.max() <= 1
    assert separation(layout.places.astype("f4"), layout.labels)["purity"] == 1
    image = latent_map(layout, ("cat", "dog", "sun"))
    assert image.shape == (MAP, MAP, 3)
    for colour in category_colours(3):
        assert (image == colour).all(axis=-1).sum() > 100


def test_a_lone_category_has_a_map() -> None:
    """A name at the edge is not cut."""
    layout = Map(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([0, 0]))
    image = latent_map(layout, ("a very long name of a category",))
    assert (image[:, :3] == 255).all()
    assert (image < 128).any()


def test_colours_of_categories_differ() -> None:
    """Forty-two of them."""
    assert len(set(category_colours(42))) == 42
