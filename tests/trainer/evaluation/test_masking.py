"""Masked patches: what lies in them is gone, to the line, and all else stays."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.shapes import SHAPES, shape
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.sketch_codec import Box, Polylines, rasterise
from trainer.evaluation.masking import EVERY, MOST, SIDE, masked, patch_centres

LINE = [np.array([[-0.5, 0], [0.5, 0]], np.float32)]


class Chosen:
    """Random numbers that erase the patches of these indices, and then none."""

    def __init__(self, *erased: int) -> None:
        self._erased = list(erased)

    def random(self, count: int) -> np.ndarray:
        numbers = np.ones(count)
        numbers[self._erased] = 0
        self._erased = []
        return numbers


def boxed_shape(name: str, seed: int) -> Polylines:
    strokes = shape(name, np.random.default_rng(seed))
    box = Box.around(strokes)
    return [box.to_box(stroke) for stroke in strokes]


def test_a_line_is_cut_where_a_patch_ends() -> None:
    """A patch at the first point takes half its side of the line."""
    (left,) = masked(LINE, 0.5, Chosen(0))
    np.testing.assert_allclose(left, [[-0.5 + SIDE / 2, 0], [0.5, 0]], atol=1e-6)


def test_a_stroke_comes_apart_and_its_corners_stay() -> None:
    """What goes on from segment to segment is one stroke; a patch amid it leaves two."""
    points = [[-0.5, -0.5], [-0.5, 0.1], [-0.5, 0.5], [0, 0.5], [0.5, 0.5], [0.5, -0.5]]
    drawing = [np.array(points, np.float32)]
    np.testing.assert_array_equal(masked(drawing, 0.5, Chosen())[0], drawing[0])
    one, other = masked(drawing, 0.5, Chosen(1))  # at (0.5, 0.5)
    np.testing.assert_allclose(one, [*points[:4], [0.5 - SIDE / 2, 0.5]], atol=1e-6)
    np.testing.assert_allclose(other, [[0.5, 0.5 - SIDE / 2], [0.5, -0.5]], atol=1e-6)


def test_patches_start_strokes_and_follow_every_fourth_point() -> None:
    """There are no more than twenty of them."""
    stroke = np.stack([np.linspace(-0.5, 0.5, 9), np.zeros(9)], axis=1).astype(np.float32)
    centres = patch_centres([stroke, stroke + 1])
    np.testing.assert_array_equal(centres[:3], stroke[::EVERY])
    np.testing.assert_array_equal(centres[3], stroke[0] + 1)
    assert len(patch_centres([stroke] * 30)) == MOST


@given(st.sampled_from(SHAPES), st.integers(0, 1000), st.floats(0, 0.6))
def test_outside_the_patches_nothing_changes(name: str, seed: int, probability: float) -> None:
    """Strokes and pictures agree: erasing ink is erasing what it is drawn as."""
    drawing = boxed_shape(name, seed)
    left = masked(drawing, probability, np.random.default_rng(seed))
    erased = patch_centres(drawing)
    erased = erased[np.random.default_rng(seed).random(len(erased)) < probability]
    size, around = 101, 2
    before, after = rasterise(drawing, size), rasterise(left, size)
    xs, ys = np.meshgrid(*[(np.arange(size) - (size - 1) / 2) / (size - 5)] * 2)
    far = np.ones((size, size), dtype=bool)
    for x, y in erased:
        distance = np.maximum(np.abs(xs - x), np.abs(ys - y))
        inner, outer = SIDE / 2 - around / size, SIDE / 2 + around / size
        far &= distance > outer
        assert after[distance < inner].max(initial=0) == 0
    np.testing.assert_allclose(before[far].astype(int), after[far].astype(int), atol=48)


def test_something_is_always_left() -> None:
    """A dot has one patch, and a blank sheet of paper is no drawing to heal."""
    dot = [np.zeros((1, 2), np.float32)]
    for drawing in (dot, [np.array([[0, 0], [0.01, 0]], np.float32)]):
        assert masked(drawing, 0.9, np.random.default_rng(0))


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_as_many_are_masked_as_were_asked_for(share: float) -> None:
    """On average."""
    rng = np.random.default_rng(0)
    drawing = [np.array([[10.0 * i, 0], [10 * i + 1, 0]], np.float32) for i in range(20)]
    left = [stroke for _ in range(300) for stroke in masked(drawing, share, rng)]
    gone = sum(np.ptp(stroke[:, 0]) < 1 for stroke in left)
    assert gone / 20 / 300 == pytest.approx(share, abs=0.02)
