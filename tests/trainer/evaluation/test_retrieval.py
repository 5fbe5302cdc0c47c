"""Ret: whose own original is the nearest of all."""

from __future__ import annotations

import numpy as np

from trainer.evaluation.retrieval import ranks_of_own, retrieved

GALLERY = np.eye(60, 8, dtype=np.float32) + np.arange(60, dtype=np.float32)[:, None]


def test_what_is_near_its_own_is_retrieved() -> None:
    """Exactly its own is rank 0; one that is nearest another is as far as that one is near."""
    own = np.array([3, 7, 59])
    np.testing.assert_array_equal(ranks_of_own(GALLERY[own], GALLERY, own), [0, 0, 0])
    np.testing.assert_array_equal(ranks_of_own(GALLERY[[20]], GALLERY, np.array([22])), [4])


def test_depths_count_one_ten_and_fifty() -> None:
    """Rank 9 is within the first ten, rank 10 is not."""
    gallery = np.arange(60, dtype=np.float32)[:, None]
    queries = np.full((4, 1), -1, dtype=np.float32)
    scores = retrieved(queries, gallery, np.array([0, 9, 10, 50]))
    assert scores == {"1": 0.25, "10": 0.5, "50": 0.75}


def test_a_dead_code_retrieves_nothing() -> None:
    """Where all codes are the same, being as near as all others is no success."""
    gallery = np.ones((60, 8), dtype=np.float32)
    scores = retrieved(gallery, gallery, np.arange(60))
    assert scores == {"1": 0, "10": 0, "50": 0}


def test_many_queries_are_ranked_like_few() -> None:
    """Working in parts changes nothing."""
    rng = np.random.default_rng(0)
    gallery = rng.normal(size=(1100, 4)).astype(np.float32)
    queries = (gallery + rng.normal(0, 0.5, gallery.shape)).astype(np.float32)
    own = np.arange(1100)
    distance = ((queries[:, None].astype(np.float64) - gallery) ** 2).sum(axis=-1)
    expected = (distance < distance[own, own][:, None]).sum(axis=1)
    np.testing.assert_array_equal(ranks_of_own(queries, gallery, own), expected)


def test_codes_far_from_zero_are_told_apart() -> None:
    """Squares of large numbers leave float32 no digits for small distances."""
    gallery = np.arange(60, dtype=np.float32)[:, None] / 64 + 4096
    own = np.arange(60)
    np.testing.assert_array_equal(ranks_of_own(gallery, gallery, own), np.zeros(60))
