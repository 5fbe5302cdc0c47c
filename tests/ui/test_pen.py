"""What the pen leaves on the page: smooth, straight, pressed, in a shape, or highlighted."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt

from sketchstudio.core.outline import centre_line
from sketchstudio.core.pressure import PressureCurve
from sketchstudio.core.stroke import Stroke, StrokeStyle
from tests.helpers.desk import Desk
from tests.helpers.pen import drag_mouse, draw_with_pen, send_mouse

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def test_smoothing_keeps_what_the_hand_did(desk):
    """Under a stabilised line the raw samples are there; resmoothed to 0, they are what is seen."""
    desk.tools.set_smoothing(0.9)
    way = [(20 + 4 * i, 100 + (6 if i % 2 else 0)) for i in range(60)]
    draw_with_pen(desk.canvas, way)
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, way)
    assert np.ptp(centre_line(stroke)[20:-20, 1]) < 3
    desk.session.select_all()
    desk.session.restyle_selection(smoothing=0.0)
    (raw,) = desk.strokes
    assert np.ptp(centre_line(raw)[:, 1]) >= 5.9
    np.testing.assert_array_equal(raw.samples, stroke.samples)


def test_ink_remembers_the_zoom_it_was_drawn_at(desk):
    """Smoothing reckons in px of the screen, so ink drawn near is smoothed less on the page."""
    desk.canvas.zoom_to(4)
    drag_mouse(desk.canvas, [(100, 100), (150, 150)])
    assert desk.strokes[0].style.grain == pytest.approx(0.25)


def test_pressure_goes_through_the_curve(desk):
    """A light hand is met by the curve, up to full pressure."""
    desk.tools.change_input(curve=PressureCurve(0, 1, 0, 1))
    draw_with_pen(desk.canvas, [(50, 50), (80, 50), (110, 50)], [0.2, 0.5, 1.0])
    (stroke,) = desk.strokes
    assert stroke.pressure[0] > 0.5
    assert stroke.pressure[1] > 0.8
    assert stroke.pressure[2] == 1


def test_simulated_pressure_can_be_turned_off(desk):
    """Then a mouse draws an even line."""
    desk.tools.change_input(simulate_pressure=False)
    drag_mouse(desk.canvas, [(20 + 9 * i, 50) for i in range(20)])
    assert set(desk.strokes[0].pressure.tolist()) == {1.0}


@pytest.mark.parametrize(
    ("to", "keys", "angle"),
    [((150, 60), SHIFT, 0), ((150, 75), SHIFT, 15), ((150, 75), SHIFT | CTRL, None)],
)
def test_shift_goes_straight_in_steps_of_15_degrees(desk, to, keys, angle):
    """With Ctrl, too, at the very angle of the pointer."""
    drag_mouse(desk.canvas, [(50, 50), (90, 80), to], modifiers=keys)
    (stroke,) = desk.strokes
    assert len(stroke.points) == 2
    dx, dy = (stroke.points[1] - stroke.points[0]).tolist()
    if angle is None:
        assert (dx, dy) == (100, 25)
    else:
        assert np.degrees(np.arctan2(dy, dx)) == pytest.approx(angle, abs=0.01)


# Shape assist


def box_drawn(desk: Desk) -> None:
    corners = [(60, 60), (200, 63), (198, 160), (58, 158), (61, 64)]
    way = [
        (a[0] + (b[0] - a[0]) * t / 12, a[1] + (b[1] - a[1]) * t / 12)
        for a, b in itertools.pairwise(corners)
        for t in range(12)
    ]
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, way[0])
    for i, at in enumerate(way):
        send_mouse(desk.canvas, QEvent.Type.MouseMove, at, t_ms=8 * i)


def test_a_held_stroke_becomes_its_shape_in_a_step_of_its_own(desk, qtbot):
    """Undo gives back what the hand drew."""
    box_drawn(desk)
    qtbot.waitUntil(lambda: desk.canvas.overlay.shape is not None, timeout=60_000)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (61, 64), t_ms=900)
    assert desk.steps == ["Draw", "Straighten"]
    (shape,) = desk.strokes
    sides = np.unique(shape.points.round(2), axis=0)
    assert len(np.unique(sides[:, 0].round(1))) <= 6
    desk.session.undo()
    (drawn,) = desk.strokes
    assert len(drawn.points) > 40
    assert desk.canvas.overlay.shape is None


def test_moving_on_after_the_hold_keeps_the_stroke(desk, qtbot):
    """Whoever paused to think goes on drawing."""
    box_drawn(desk)
    qtbot.waitUntil(lambda: desk.canvas.overlay.shape is not None, timeout=60_000)
    send_mouse(desk.canvas, QEvent.Type.MouseMove, (140, 240), t_ms=900)
    assert desk.canvas.overlay.shape is None
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (140, 240), t_ms=920)
    assert desk.steps == ["Draw"]


def test_shapes_are_left_alone_where_nobody_wants_them(desk, qtbot):
    """The setting turns it off."""
    desk.tools.change_input(shape_assist=False)
    box_drawn(desk)
    desk.canvas._gestures._hold()
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (61, 64), t_ms=900)
    assert desk.steps == ["Draw"]


# Highlighter


def test_highlighter_lies_under_the_ink_and_lets_the_paper_through(desk):
    """Black ink stays black where it is marked, and one stroke does not darken itself."""
    desk.put([(50, 100), (350, 100)])
    desk.tools.set_tool("highlighter")
    desk.tools.set_color("#ffff00")
    way = [(100, 60), (200, 140), (300, 60), (300, 140), (200, 60), (100, 140)]
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, way[0])
    for i, at in enumerate(way):
        send_mouse(desk.canvas, QEvent.Type.MouseMove, at, t_ms=8 * i)
    live = desk.pixels()
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, way[-1], t_ms=80)
    done = desk.pixels()
    assert desk.steps == ["Draw", "Highlight"]
    assert done[100, 200].max() < 40
    red, green, blue = done[80, 125].tolist()
    assert (red, green) == (255, 255)
    assert 140 < blue < 165
    marked = done[..., 2][(done[..., 0] > 250) & (done[..., 2] < 250)]
    assert marked.min() > 150  # where it crosses itself, too
    assert np.abs(live - done).max() <= 16


def test_highlighter_is_no_part_of_the_drawing():
    """The model is shown what the ink depicts, not what marks it."""
    from sketchstudio.core.stroke import depicting

    ink = Stroke.from_points([(0, 0), (9, 9)])
    mark = Stroke.from_points([(0, 0), (9, 9)], StrokeStyle(highlighter=True))
    assert depicting([mark, ink]) == (ink,)


def test_every_move_of_a_mouse_is_ink(desk):
    """None is merged away between press and release."""
    drag_mouse(desk.canvas, [(20 + i, 50 + i % 3) for i in range(200)])
    assert len(desk.strokes[0].points) == 200
