"""Selecting ink on the canvas, and moving, scaling and turning it by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest

from sketchstudio.core import smoothing
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.ui.canvas.handles import Handle, cursor_of, places
from tests.helpers.desk import FLAT, Desk
from tests.helpers.pen import drag_mouse, send_mouse

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
RIGHT = Qt.MouseButton.RightButton


def test_box_and_lasso_select(desk):
    """A box takes what it frames, a lasso what it goes round; Shift adds."""
    a, b, c = desk.put(*([(x, 40), (x + 20, 60)] for x in (50, 120, 250)))
    desk.tools.set_tool("select")
    drag_mouse(desk.canvas, [(30, 20), (100, 90), (180, 90)])
    assert desk.session.selected_ids == {a.id, b.id}
    drag_mouse(desk.canvas, [(300, 90), (230, 20)], modifiers=SHIFT)
    assert desk.session.selected_ids == {a.id, b.id, c.id}
    desk.tools.set_tool("lasso")
    drag_mouse(desk.canvas, [(230, 200), (100, 200), (100, 20), (230, 20)])
    assert desk.session.selected_ids == {b.id}


def handle(desk: Desk, which: Handle) -> tuple[float, float]:
    """Where a handle of the selection is, px."""
    return places(desk.canvas.overlay.frame, desk.canvas.zoom)[which]


def test_corner_scales_and_opposite_corner_stays(desk):
    """Pulling a handle scales about the other end, as one step; width grows with it."""
    desk.put([(100, 100), (200, 150)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    frame = desk.canvas.overlay.frame
    start = handle(desk, Handle.BOTTOM_RIGHT)
    to = (start[0] + frame.width, start[1] + frame.height)
    drag_mouse(desk.canvas, [start, (start[0] + 20, start[1] + 10), to])
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, [(102, 102), (302, 202)], atol=0.5)
    assert stroke.style.width == pytest.approx(8, rel=0.01)
    assert desk.steps == ["Draw", "Scale"]
    assert desk.session.selected_ids == {stroke.id}


def test_side_scales_one_way_and_alt_about_the_middle(desk):
    """The handle of a side leaves the other direction alone."""
    desk.put([(100, 100), (200, 150)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    start = handle(desk, Handle.RIGHT)
    drag_mouse(desk.canvas, [start, (start[0] + 52, start[1])], modifiers=ALT)
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, [(50, 100), (250, 150)], atol=0.5)


def test_turning_with_shift_goes_in_steps(desk):
    """The handle above the frame turns about its middle."""
    desk.put([(100, 100), (200, 100)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    desk.canvas.zoom_to(1)
    start = handle(desk, Handle.TURN)
    drag_mouse(desk.canvas, [start, (200, 60), (198, 104)], modifiers=SHIFT)
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, [(150, 50), (150, 150)], atol=0.5)
    assert desk.steps == ["Draw", "Turn"]


def test_ink_on_the_move_is_shown_where_it_goes(desk):
    """While a handle is pulled the page shows what letting go will leave."""
    desk.put([(100, 100), (160, 130)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    start = handle(desk, Handle.BOTTOM_RIGHT)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, start)
    for step in (10, 40, 80):
        send_mouse(desk.canvas, QEvent.Type.MouseMove, (start[0] + step, start[1] + step))
    carried = desk.pixels()
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (start[0] + 80, start[1] + 80))
    desk.session.select([])
    done = desk.pixels()
    dark = done.max(axis=2) < 60
    assert dark.sum() > 500
    assert carried[dark].max() < 90


def test_arrow_keys_nudge(desk):
    """A px, or ten with Shift; all nudges of a selection are one step."""
    desk.put([(100, 100), (200, 100)])
    desk.session.select_all()
    QTest.keyClick(desk.canvas, Qt.Key.Key_Right)
    QTest.keyClick(desk.canvas, Qt.Key.Key_Down, SHIFT)
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points[0], (101, 110))
    assert desk.steps == ["Draw", "Nudge"]


def test_handles_say_where_they_lead_on_a_turned_page(desk):
    """The right handle of a page turned by a quarter leads down."""
    shape = Qt.CursorShape
    assert cursor_of(Handle.RIGHT) == cursor_of(Handle.LEFT) == shape.SizeHorCursor
    assert cursor_of(Handle.TOP_LEFT) == cursor_of(Handle.BOTTOM_RIGHT) == shape.SizeFDiagCursor
    assert cursor_of(Handle.TOP_RIGHT) == cursor_of(Handle.BOTTOM_LEFT) == shape.SizeBDiagCursor
    desk.put([(150, 120), (230, 180)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    for _ in range(6):
        desk.canvas.turn_right()
    at = desk.canvas.viewport.to_screen(*handle(desk, Handle.RIGHT))
    send_mouse(desk.canvas, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)
    assert desk.canvas.cursor().shape() == shape.SizeVerCursor


def test_hovering_with_a_selection_paints_nothing(desk, monkeypatch):
    """Nothing of what is seen follows the pointer."""
    desk.put([(100, 100), (200, 150)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    painted = []
    monkeypatch.setattr(desk.canvas, "repaint_page", lambda *_: painted.append(1))
    send_mouse(desk.canvas, QEvent.Type.MouseMove, (150, 120), Qt.MouseButton.NoButton)
    assert not painted
    drag_mouse(desk.canvas, [(150, 125), (170, 140)])
    assert painted


def test_ink_on_the_move_is_not_remembered(desk):
    """Each frame draws it elsewhere; what is remembered is kept for the ink of the page."""
    desk.put([(100, 100), (130, 140), (200, 150)], style=replace(FLAT, smoothing=0.9))
    desk.tools.set_tool("select")
    desk.session.select_all()
    desk.pixels()
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, (150, 125))
    known = len(smoothing._remembered)
    for step in (10, 20, 30):
        send_mouse(desk.canvas, QEvent.Type.MouseMove, (150 + step, 125))
        desk.pixels()
    assert len(smoothing._remembered) == known


def test_a_click_takes_what_is_seen_on_top(desk):
    """Highlighter lies beneath the ink, though it was drawn later."""
    (ink,) = desk.put([(50, 100), (350, 100)])
    yellow = StrokeStyle("#facc15", 20.0, False, highlighter=True)
    (mark,) = desk.put([(50, 100), (350, 100)], style=yellow)
    desk.tools.set_tool("select")
    drag_mouse(desk.canvas, [(200, 100)])
    assert desk.session.selected_ids == {ink.id}
    drag_mouse(desk.canvas, [(120, 114)])
    assert desk.session.selected_ids == {mark.id}
    desk.tools.choose_tool("picker")
    drag_mouse(desk.canvas, [(200, 100)])
    assert desk.tools.style.color == ink.style.color
