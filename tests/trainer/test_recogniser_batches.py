"""What a recogniser learns from: the same after a kill, bent but whole, little padding."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from helpers.shapes import SHAPES, shape_splits
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.sketch_codec import join
from sketchstudio.model.classifier import TIMED, ClassifierConfig
from trainer.recogniser_batches import POOL, Bending, RecogniserBatches
from trainer.sketches import Sketches

PICTURES = ClassifierConfig(SHAPES, raster=32, channels=(8, 16), hidden=16, pictures=TIMED)
POINTS = ClassifierConfig(SHAPES, hidden=16, units=16)
BENDING = Bending(jitter=0.01, drop=0.2, unfinished=0.8, mirrored=0.5, warp=0.05)
CROSS = [
    np.array([[-0.5, 0], [0, 0.1], [0.2, 0], [0.5, 0]], np.float32),
    np.array([[0, -0.5], [0.1, 0], [0, 0.2], [0, 0.5]], np.float32),
]


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Sketches:
    return shape_splits(tmp_path_factory.mktemp("shapes"))["train"]


@pytest.mark.parametrize("config", [PICTURES, POINTS])
def test_a_batch_depends_on_its_step_alone(shapes: Sketches, config: ClassifierConfig) -> None:
    """Batches are made anew after a kill."""
    one, other = (RecogniserBatches(shapes, 16, config, BENDING, 1) for _ in range(2))
    other.batch(0)
    for ours, theirs in zip(one.batch(3), other.batch(3), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert not np.array_equal(one.batch(3)[0], one.batch(4)[0])


def test_sketches_of_a_length_go_together(shapes: Sketches) -> None:
    """Of a pool, every sketch is in one batch, and no batch is mostly padding."""
    batches = RecogniserBatches(shapes, 16, POINTS, Bending(unfinished=0.8), 1)
    counts = []
    for step in range(POOL):
        rows, labels = batches.batch(step)
        assert len(rows) == len(labels) == 16
        counts.append(rows[..., -1].sum(axis=1))
    ordered = sorted(counts, key=lambda each: float(each.mean()))
    for one, other in pairwise(ordered):
        assert one.max() <= other.min()


@given(st.integers(0, 2**32), st.integers(1, 8))
def test_a_bent_drawing_fills_its_box_and_keeps_its_ends(seed: int, shown: int) -> None:
    """Inner points may go, strokes do not; without shift or jitter the longest side is 1."""
    points, lifts = (each[:shown] for each in join(CROSS))
    bending = Bending(shift=0, drop=0.5, mirrored=0.5, warp=0.1)
    bent, kept = bending.bent(points, lifts, np.random.default_rng(seed))
    assert bent.dtype == np.float32
    assert len(bent) == len(kept) >= min(shown, 2)
    assert kept.sum() == lifts.sum()
    if shown > 1:
        assert np.ptp(bent, axis=0).max() == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(bent.max(axis=0) + bent.min(axis=0), 0, atol=1e-5)


def test_half_of_the_drawings_are_mirrored() -> None:
    """Left to right alone, and otherwise as they were."""
    points, lifts = join(CROSS)
    still = Bending(stretch=0, rotation=0, shear=0, shift=0, mirrored=0.5)
    mirrored = 0
    for seed in range(100):
        bent = still.bent(points, lifts, np.random.default_rng(seed))[0]
        as_it_was = np.allclose(bent, points, atol=1e-6)
        mirrored += not as_it_was
        assert as_it_was or np.allclose(bent * [-1, 1], points, atol=1e-6)
    assert 35 < mirrored < 65


@given(st.integers(0, 2**32), st.integers(1, 200))
def test_a_beginning_has_a_point_at_least(seed: int, count: int) -> None:
    """And no more points than there are."""
    shown = Bending(unfinished=0.8).shown(count, np.random.default_rng(seed))
    assert min(count, 2) <= shown <= count
