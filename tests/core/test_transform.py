from __future__ import annotations

import math

import numpy as np
import pytest

from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.core.transform import Affine, transformed

STROKE = Stroke.from_points([(10, 10), (30, 10), (30, 20)], StrokeStyle(width=4, smoothing=0.8))


def test_scaling_about_a_corner():
    """The corner stays; width and smoothing grow with the ink, so that it looks the same."""
    large = transformed(STROKE, Affine.scaling(3, 3, (10, 10)))
    np.testing.assert_allclose(large.points, [(10, 10), (70, 10), (70, 40)])
    assert large.style.width == pytest.approx(12)
    assert large.style.grain == pytest.approx(3)
    assert large.id == STROKE.id
    np.testing.assert_array_equal(large.samples[:, 2:], STROKE.samples[:, 2:])


def test_mirroring():
    """A handle dragged past the other side turns the ink over, with no less of a line."""
    over = transformed(STROKE, Affine.scaling(-1, 1, (10, 0)))
    np.testing.assert_allclose(over.points, [(10, 10), (-10, 10), (-10, 20)])
    assert over.style == STROKE.style


def test_turning_is_clockwise_on_the_screen():
    """A quarter turn takes what is right to below; lengths and style stay."""
    turned = transformed(STROKE, Affine.turning(math.pi / 2, (10, 10)))
    np.testing.assert_allclose(turned.points, [(10, 10), (10, 30), (0, 30)], atol=1e-5)
    assert turned.style == STROKE.style


def test_nothing_is_scaled_to_nothing():
    """Ink squeezed flat can be pulled apart again."""
    flat = transformed(STROKE, Affine.scaling(0, 1, (10, 10)))
    back = transformed(flat, Affine.scaling(1000, 1, (10, 10)))
    np.testing.assert_allclose(back.points, STROKE.points, atol=0.1)
    assert flat.style.width > 0


def test_points_and_strokes_agree():
    """The frame goes where the ink goes."""
    affine = Affine.turning(0.7, (3, 4))
    expected = transformed(STROKE, affine).points[1]
    assert affine.of_point((30, 10)) == pytest.approx(tuple(expected.tolist()), abs=1e-4)
