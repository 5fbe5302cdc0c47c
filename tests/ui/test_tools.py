"""The tools on a canvas, driven by the events that devices send."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke, StrokeStyle
from tests.helpers.pen import drag_mouse, send_mouse

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


# Eraser


def test_the_eraser_cuts(desk):
    """What it touches goes, the rest stays where it was; one step, undone to the byte."""
    (line,) = desk.put([(50, 100), (350, 100)])
    desk.tools.set_tool("eraser")
    desk.tools.set_eraser_splits(True)
    drag_mouse(desk.canvas, [(200, 60), (200, 100), (200, 140)])
    left, right = desk.strokes
    assert left.points[-1, 0] == pytest.approx(188, abs=2)
    assert right.points[0, 0] == pytest.approx(212, abs=2)
    assert desk.steps == ["Draw", "Erase part"]
    picture = desk.pixels()
    assert picture[100, 200].min() > 240
    assert picture[100, 170].max() < 80
    desk.session.undo()
    assert desk.strokes == [line]


def test_alt_takes_the_other_way(desk):
    """For once, without changing the setting."""
    desk.put([(50, 100), (350, 100)])
    desk.tools.set_tool("eraser")
    drag_mouse(desk.canvas, [(200, 60), (200, 140)], modifiers=ALT)
    assert len(desk.strokes) == 2
    assert not desk.tools.eraser_splits
    drag_mouse(desk.canvas, [(100, 60), (100, 140)])
    assert len(desk.strokes) == 1


def test_cutting_to_and_fro_leaves_no_crumbs(desk):
    """A line rubbed out along its length is gone, in one step, and escape brings it back."""
    (line,) = desk.put([(50, 100), (350, 100)])
    desk.tools.set_tool("eraser")
    desk.tools.set_eraser_splits(True)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, (100, 100))
    send_mouse(desk.canvas, QEvent.Type.MouseMove, (200, 100))
    assert desk.pixels()[100, 300].max() < 80
    QTest.keyClick(desk.canvas, Qt.Key.Key_Escape)
    assert desk.strokes == [line]
    assert desk.pixels()[100, 130].max() < 80
    drag_mouse(desk.canvas, [(30, 100), (200, 100), (380, 100)])
    assert not desk.strokes


# Picker, magnifier


def test_picker_takes_a_colour_and_is_put_away(desk):
    """From ink of any layer, else from the paper; the tool before is back in hand."""
    ink = Stroke.from_points([(50, 100), (350, 100)], StrokeStyle("#dc2626", 8, False))
    desk.session.load(Document((Layer("low", (ink,)), Layer("top"))))
    desk.tools.set_tool("highlighter")
    desk.tools.choose_tool("picker")
    drag_mouse(desk.canvas, [(200, 20), (200, 101)])
    assert desk.tools.tool == "highlighter"
    assert desk.tools.style.color == "#dc2626"
    assert desk.tools.recent_colors[0] == "#dc2626"
    desk.tools.choose_tool("picker")
    drag_mouse(desk.canvas, [(200, 200)])
    assert desk.tools.style.color == "#ffffff"
    assert not desk.session.undo_stack.count()


def test_magnifier(desk):
    """A click goes nearer, with Shift farther; a drag fills the view with its box."""
    desk.tools.set_tool("zoom")
    under = desk.canvas.viewport.to_page(100, 80)
    drag_mouse(desk.canvas, [(100, 80)])
    near = desk.canvas.zoom
    assert near > 1.3
    assert desk.canvas.viewport.to_page(100, 80) == pytest.approx(under, abs=1)
    drag_mouse(desk.canvas, [(100, 80)], modifiers=SHIFT)
    assert desk.canvas.zoom == pytest.approx(1)
    drag_mouse(desk.canvas, [(100, 100), (150, 120), (200, 175)])
    assert desk.canvas.zoom == pytest.approx(4, rel=0.01)
    assert not desk.canvas.overlay.lasso


@pytest.mark.parametrize("steps", [0, 3, 8])
def test_the_magnifier_shows_what_it_framed_on_a_turned_page(desk, steps):
    """A quarter of the view, framed, is shown four times as near at any angle."""
    for _ in range(steps):
        desk.canvas.turn_right()
    desk.tools.set_tool("zoom")
    middle = desk.canvas.viewport.to_page(150, 137.5)
    drag_mouse(desk.canvas, [(100, 100), (150, 120), (200, 175)])
    assert desk.canvas.zoom == pytest.approx(4, rel=0.01)
    assert desk.canvas.viewport.to_page(200, 150) == pytest.approx(middle, abs=0.5)
