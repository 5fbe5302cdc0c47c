"""Codes among others: on a line, in a square, and with something added."""

from __future__ import annotations

import numpy as np
import pytest

from sketchstudio.model.blending import mixed, moved
from sketchstudio.model.latent import lerp, slerp, unit_rms

RNG = np.random.default_rng(0)
CORNERS = unit_rms(RNG.normal(size=(4, 16)))


@pytest.mark.parametrize("between", [lerp, slerp])
def test_corners_are_reached(between) -> None:
    """A blend at a corner is that corner's code, on a line and in the square."""
    square = mixed(CORNERS, [(0, 0), (1, 0), (0, 1), (1, 1)], between)
    np.testing.assert_allclose(square, CORNERS, atol=1e-5)
    line = mixed(CORNERS[:2], [(0, 0), (1, 0.7)], between)
    np.testing.assert_allclose(line, CORNERS[:2], atol=1e-5)


def test_edge_of_the_square_is_the_line() -> None:
    """Along its upper edge the pad draws what the slider draws, beyond the ends, too."""
    places = [(x, 0.0) for x in (-0.5, 0.2, 0.9, 1.5)]
    line = mixed(CORNERS[:2], places, slerp)
    np.testing.assert_allclose(mixed(CORNERS, places, slerp), line, atol=1e-5)
    np.testing.assert_allclose(np.mean(line**2, axis=1), 1, atol=1e-5)


def test_three_codes_are_refused() -> None:
    """There is no place among three."""
    with pytest.raises(ValueError, match="two codes or four"):
        mixed(CORNERS[:3], [(0, 0)], lerp)


def test_what_is_added_keeps_the_size() -> None:
    """A code on the sphere stays on it and goes the way of the difference."""
    added = CORNERS[2] - CORNERS[3]
    near = moved(CORNERS[:2], added)
    np.testing.assert_allclose(np.mean(near**2, axis=1), 1, atol=1e-5)
    assert (near @ added > CORNERS[:2] @ added).all()
    np.testing.assert_array_equal(moved(CORNERS[:2], 0 * added).round(5), CORNERS[:2].round(5))
