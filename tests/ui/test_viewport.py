from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.viewport import MAX_ZOOM, MIN_ZOOM, Viewport

place = st.floats(-500, 500)
views = st.builds(
    lambda left, top, zoom, ratio: Viewport(left, top, zoom, 640, 480, ratio),
    place,
    place,
    st.floats(MIN_ZOOM, MAX_ZOOM),
    st.sampled_from([1.0, 1.25, 2.0]),
)


@given(place, place, st.floats(0.01, 100), st.sampled_from([1.0, 1.25, 2.0]))
def test_zoom_keeps_the_page_under_the_cursor(x, y, zoom, ratio):
    """The point under the cursor stays there, to the device pixel."""
    view = Viewport(10, 20, 1.5, 640, 480, ratio)
    zoomed = view.zoomed(zoom, x, y)
    assert MIN_ZOOM <= zoomed.zoom <= MAX_ZOOM
    assert zoomed.to_screen(*view.to_page(x, y)) == pytest.approx((x, y), abs=0.51 / ratio)


@given(place, place, st.floats(MIN_ZOOM, MAX_ZOOM), place, place)
def test_page_and_screen_are_inverse(left, top, zoom, x, y):
    """To the page and back is where one began."""
    view = Viewport(left, top, zoom, 640, 480)
    assert view.to_screen(*view.to_page(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_pan_moves_the_page_by_screen_px():
    """Panning follows the hand at any zoom."""
    view = Viewport(0, 0, 4, 640, 480)
    panned = view.panned(40, -8)
    assert (panned.left, panned.top) == (-10, 2)


@given(place, place, st.floats(0, 5000), st.floats(0, 5000))
def test_fit_shows_everything(left, top, width, height):
    """All ink is in view, in the middle."""
    box = Bounds(left, top, left + width, top + height)
    view = Viewport(0, 0, 1, 640, 480).fitted(box)
    shown = view.page_rect
    slack = 1 / view.zoom
    assert shown.left <= box.left + slack
    assert shown.right >= box.right - slack
    assert shown.top <= box.top + slack
    assert shown.bottom >= box.bottom - slack
    middle = view.to_screen((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    assert middle == pytest.approx((320, 240), abs=1)


@given(views, st.floats(-720, 720), st.floats(0, 500), st.floats(0, 400))
def test_the_page_turns_round_the_place_asked_for(view, angle, x, y):
    """What lies there stays there, to a device pixel, and the angle is kept small."""
    turned = view.turned(angle, x, y)
    assert -180 < turned.angle <= 180
    back = turned.to_screen(*view.to_page(x, y))
    assert back == pytest.approx((x, y), abs=1.0 / view.ratio)
    assert turned.turned(0, x, y).angle == 0


@given(views, st.floats(-180, 180), st.floats(-300, 300), st.floats(-300, 300))
def test_a_turned_page_maps_there_and_back(view, angle, x, y):
    """Ink lands under the pen however the page is turned."""
    turned = view.turned(angle, 10, 20)
    assert turned.to_page(*turned.to_screen(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_everything_fits_on_a_turned_page():
    """Fitting shows all corners of the drawing, though it lies askew."""
    view = Viewport().resized(400, 300, 1).turned(30, 0, 0)
    drawing = Bounds(100, 50, 900, 300)
    box = view.fitted(drawing).screen_box(drawing)
    assert box.left >= 39
    assert box.top >= 39
    assert box.right <= 361
    assert box.bottom <= 261
