"""Moving, zooming and turning what the canvas shows, by wheel, keys, mouse and touch."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.helpers.desk import Desk
from tests.helpers.pen import drag_mouse

LINE = [(50.0, 60.0), (80.0, 70.0), (120.0, 75.0), (160.0, 60.0)]


def wheel(desk: Desk, angle: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, at, QPoint(), angle, Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(desk.canvas, event)


def test_wheel_pans_and_zooms(desk):
    """Wheel: down the page; Shift: sideways; Ctrl: zoom round the cursor."""
    moved: list[None] = []
    desk.canvas.view_changed.connect(lambda: moved.append(None))
    wheel(desk, QPoint(0, -120), Qt.KeyboardModifier.NoModifier)
    assert (desk.canvas.viewport.left, desk.canvas.viewport.top) == (0, 72)
    wheel(desk, QPoint(0, -120), Qt.KeyboardModifier.ShiftModifier)
    assert (desk.canvas.viewport.left, desk.canvas.viewport.top) == (72, 72)
    under = desk.canvas.viewport.to_page(100, 100)
    wheel(desk, QPoint(0, 240), Qt.KeyboardModifier.ControlModifier)
    assert desk.canvas.zoom == pytest.approx(1.25**2)
    assert desk.canvas.viewport.to_page(100, 100) == pytest.approx(under, abs=0.5)
    assert len(moved) == 3


def test_hand_space_and_middle_button_pan(desk):
    """Three ways to grasp the page; none draws, and the page follows to the pixel."""
    drag_mouse(desk.canvas, [(100, 100), (130, 90), (160, 80)], Qt.MouseButton.MiddleButton)
    assert (desk.canvas.viewport.left, desk.canvas.viewport.top) == (-60, 20)
    QTest.keyPress(desk.canvas, Qt.Key.Key_Space)
    drag_mouse(desk.canvas, [(100, 100), (110, 100)])
    QTest.keyRelease(desk.canvas, Qt.Key.Key_Space)
    assert desk.canvas.viewport.left == -70
    desk.tools.set_tool("hand")
    drag_mouse(desk.canvas, [(100, 100), (110, 100)])
    assert desk.canvas.viewport.left == -80
    assert not desk.strokes


def test_drawing_on_a_moved_and_zoomed_page(desk):
    """Ink lies on the page where the pen was on the screen."""
    desk.canvas.zoom_to(2)
    desk.canvas.pan(30, -10)
    drag_mouse(desk.canvas, LINE)
    expected = [desk.canvas.viewport.to_page(x, y) for x, y in LINE]
    np.testing.assert_allclose(desk.strokes[0].points, expected)


def test_fit_and_reset(desk):
    """Fit shows all ink; reset goes back to real size; an empty page can be fitted."""
    desk.canvas.fit()
    assert desk.canvas.zoom == 1
    desk.put([(-1000, -1000), (3000, 2000)])
    desk.canvas.fit()
    shown = desk.canvas.visible_page_rect()
    assert shown.left < -1000
    assert shown.right > 3000
    desk.canvas.reset_zoom()
    assert desk.canvas.zoom == 1


@pytest.mark.parametrize("inked", [False, True])
def test_fit_leaves_the_page_turned(desk, inked):
    """It chooses what is shown and how near, with ink and without."""
    if inked:
        desk.put([(0, 0), (300, 200)])
    desk.canvas.turn_right()
    desk.canvas.fit()
    assert desk.canvas.angle == 15


def test_touch_draws_and_two_fingers_zoom(desk):
    """One finger draws; a second one turns the gesture into a pinch, without a stroke."""
    device = QTest.createTouchDevice()

    def fingers(*points: tuple[str, int]) -> None:
        sequence = QTest.touchEvent(desk.canvas, device)
        for finger, (action, x) in enumerate(points):
            getattr(sequence, action)(finger, QPoint(x, 100))
        sequence.commit()

    fingers(("press", 100))
    fingers(("move", 130))
    fingers(("release", 130))
    assert len(desk.strokes) == 1
    fingers(("press", 100))
    fingers(("move", 100), ("press", 200))
    fingers(("move", 50), ("move", 250))
    assert desk.canvas.zoom == pytest.approx(2, rel=0.02)
    fingers(("release", 50), ("release", 250))
    assert len(desk.strokes) == 1
    assert not desk.canvas.is_drawing
