"""Side buttons, palms and fingers: what a device sends beside plain strokes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from sketchstudio.state.input_settings import Barrel, Touch
from tests.helpers.desk import Desk
from tests.helpers.pen import drag_mouse, draw_with_pen, send_mouse, send_pen, tablet

PRESS, MOVE = QEvent.Type.TabletPress, QEvent.Type.TabletMove
RELEASE = QEvent.Type.TabletRelease
RIGHT = Qt.MouseButton.RightButton


def barrel(desk: Desk, way: list[tuple[float, float]]) -> None:
    """Draw with the side button held, as Windows tells of it: as the button that went down."""
    device = tablet()
    send_pen(desk.canvas, device, PRESS, way[0], 0.5, 0, button=RIGHT)
    for i, at in enumerate(way[1:], 1):
        send_pen(desk.canvas, device, MOVE, at, 0.5, 5 * i, button=RIGHT)
    send_pen(desk.canvas, device, RELEASE, way[-1], 0.0, 99, button=RIGHT)


def test_the_side_button_does_what_it_is_told(desk):
    """Erases, selects, moves the page, or nothing special."""
    (line,) = desk.put([(50, 100), (350, 100)])
    desk.tools.change_input(barrel=Barrel.SELECT)
    barrel(desk, [(30, 80), (380, 80), (380, 120), (30, 120)])
    assert desk.session.selected_ids == {line.id}
    desk.tools.change_input(barrel=Barrel.PAN)
    barrel(desk, [(100, 200), (140, 210)])
    assert desk.canvas.viewport.left == -40
    desk.tools.change_input(barrel=Barrel.ERASE)
    barrel(desk, [(200, 60), (200, 160)])
    assert not desk.strokes
    assert desk.tools.tool == "pen"
    desk.tools.change_input(barrel=Barrel.NOTHING)
    barrel(desk, [(200, 60), (200, 160)])
    assert len(desk.strokes) == 1


def test_a_side_button_without_touching_draws_nothing(desk):
    """Pressed in the air it waits for the tip."""
    device = tablet()
    send_pen(desk.canvas, device, PRESS, (50, 50), 0.0, 0, button=RIGHT)
    send_pen(desk.canvas, device, MOVE, (90, 50), 0.0, 5, button=RIGHT)
    send_pen(desk.canvas, device, RELEASE, (90, 50), 0.0, 9, button=RIGHT)
    assert not desk.strokes
    assert not desk.canvas.is_drawing


def fingers(desk: Desk, *sequence: list[tuple[str, int, int]]) -> None:
    device = QTest.createTouchDevice()
    for points in sequence:
        touch = QTest.touchEvent(desk.canvas, device)
        for finger, (action, x, y) in enumerate(points):
            getattr(touch, action)(finger, QPoint(x, y))
        touch.commit()


@pytest.mark.parametrize("device", ["mouse", "pen"])
def test_a_stroke_ends_whose_release_went_to_a_message(desk, device):
    """A box that comes up in mid-stroke takes the release: hovering draws nothing afterwards."""
    way = [(20.0, 20.0), (60.0, 20.0)]
    none = Qt.MouseButton.NoButton

    def send(kind, at, button=Qt.MouseButton.LeftButton):
        if device == "mouse":
            send_mouse(desk.canvas, kind[0], at, button)
        else:
            pressure = 0.5 if button else 0.0
            send_pen(desk.canvas, pen, kind[1], at, pressure, 0, button)

    pen = tablet()
    press = QEvent.Type.MouseButtonPress, QEvent.Type.TabletPress
    move = QEvent.Type.MouseMove, QEvent.Type.TabletMove
    send(press, way[0])
    send(move, way[1])
    for x in (70.0, 150.0, 250.0):
        send(move, (x, 200.0), none)
    (stroke,) = desk.strokes
    assert stroke.points[:2].tolist() == [list(at) for at in way]
    assert stroke.points[:, 0].max() < 100
    (drag_mouse if device == "mouse" else draw_with_pen)(desk.canvas, [(20, 80), (60, 80)])
    assert len(desk.strokes) == 2


DRAG = ([("press", 100, 100)], [("move", 150, 100)], [("release", 150, 100)])


def test_palms_are_ignored_while_a_pen_is_in_use(desk):
    """A palm is neither ink nor, with two points, a pinch; later one finger moves the page."""
    draw_with_pen(desk.canvas, [(20, 20), (60, 20)])
    fingers(desk, *DRAG)
    fingers(
        desk,
        [("press", 100, 100)],
        [("move", 100, 100), ("press", 200, 100)],
        [("move", 50, 100), ("move", 250, 100)],
        [("release", 50, 100), ("release", 250, 100)],
    )
    assert len(desk.strokes) == 1
    assert desk.canvas.zoom == 1
    assert desk.canvas.viewport.left == 0
    desk.canvas._input._pen_seen -= 10
    fingers(desk, *DRAG)
    assert len(desk.strokes) == 1
    assert desk.canvas.viewport.left == -50


def test_a_pen_takes_over_from_a_palm(desk):
    """What the palm drew before the pen came down is gone."""
    device = QTest.createTouchDevice()
    QTest.touchEvent(desk.canvas, device).press(0, QPoint(100, 100)).commit()
    QTest.touchEvent(desk.canvas, device).move(0, QPoint(120, 100)).commit()
    draw_with_pen(desk.canvas, [(20, 20), (60, 20)])
    QTest.touchEvent(desk.canvas, device).release(0, QPoint(150, 100)).commit()
    (stroke,) = desk.strokes
    assert stroke.points[0].tolist() == [20, 20]


@pytest.mark.parametrize(("touch", "ink"), [(Touch.DRAW, 1), (Touch.PAN, 0)])
def test_fingers_can_be_told_what_to_do(desk, touch, ink):
    """Whether a pen was ever seen or not."""
    desk.tools.change_input(touch=touch)
    fingers(desk, *DRAG)
    assert len(desk.strokes) == ink
    assert (desk.canvas.viewport.left == 0) == bool(ink)
