"""The picture to be traced stays in shape and in place when it is moved, scaled and fitted."""

from __future__ import annotations

import pytest

from sketchstudio.core.picture import LARGEST, Picture
from sketchstudio.core.stroke import Bounds

PICTURE = Picture(b"", 200, 100, x=10, y=20, scale=2)


def test_it_is_scaled_about_a_place():
    """What lies under a corner that is held stays there."""
    box = PICTURE.scaled(1.5, 10, 220).bounds
    assert (box.left, box.bottom, box.width, box.height) == pytest.approx((10, 220, 600, 300))


def test_it_fits_the_middle_of_a_box():
    """A new picture lies in the middle of what is seen, whole."""
    box = PICTURE.fitted(Bounds(0, 0, 1000, 1000), 0.8).bounds
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((100, 300, 900, 700))


def test_its_scale_stays_possible():
    """However far it is dragged, the file can hold it."""
    assert PICTURE.scaled(1e9, 0, 0).scale == LARGEST
    assert PICTURE.scaled(0, 0, 0).scale > 0
    assert PICTURE.moved(3, -4).bounds.left == 13
