"""The tools on a canvas, driven by the events that devices send."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sketchstudio.core import smoothing
from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.outline import centre_line
from sketchstudio.core.pressure import PressureCurve
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.state.input_settings import Barrel, Touch
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.canvas.handles import Handle, cursor_of, places
from sketchstudio.ui.canvas.widget import Canvas
from tests.helpers.pen import drag_mouse, draw_with_pen, send_mouse, send_pen, tablet

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PRESS, MOVE = QEvent.Type.TabletPress, QEvent.Type.TabletMove
RELEASE = QEvent.Type.TabletRelease
RIGHT = Qt.MouseButton.RightButton
FLAT = StrokeStyle("#1b1b1f", 4, False)


class Desk:
    """A canvas and what lies around it."""

    def __init__(self) -> None:
        self.session = Session()
        self.tools = ToolState()
        self.canvas = Canvas(self.session, self.tools)
        self.canvas.resize(400, 300)
        self.canvas.show()

    @property
    def strokes(self) -> list[Stroke]:
        return list(self.session.document.strokes())

    @property
    def steps(self) -> list[str]:
        stack = self.session.undo_stack
        return [stack.text(i) for i in range(stack.count())]

    def put(self, *lines: list[tuple[float, float]], style: StrokeStyle = FLAT) -> list[Stroke]:
        strokes = [Stroke.from_points(line, style) for line in lines]
        self.session.execute(add_strokes(self.session.active_layer, strokes, "Draw"))
        return strokes

    def pixels(self) -> np.ndarray:
        self.canvas.finish_painting()
        image = self.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        data = np.frombuffer(image.constBits(), np.uint8)
        return data.reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)

    def handle(self, which: Handle) -> tuple[float, float]:
        return places(self.canvas.overlay.frame, self.canvas.zoom)[which]


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.canvas.close()
    made.canvas.deleteLater()


# Pen and pressure


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


# Selection


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


def test_corner_scales_and_opposite_corner_stays(desk):
    """Pulling a handle scales about the other end, as one step; width grows with it."""
    desk.put([(100, 100), (200, 150)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    frame = desk.canvas.overlay.frame
    start = desk.handle(Handle.BOTTOM_RIGHT)
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
    start = desk.handle(Handle.RIGHT)
    drag_mouse(desk.canvas, [start, (start[0] + 52, start[1])], modifiers=ALT)
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, [(50, 100), (250, 150)], atol=0.5)


def test_turning_with_shift_goes_in_steps(desk):
    """The handle above the frame turns about its middle."""
    desk.put([(100, 100), (200, 100)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    desk.canvas.zoom_to(1)
    start = desk.handle(Handle.TURN)
    drag_mouse(desk.canvas, [start, (200, 60), (198, 104)], modifiers=SHIFT)
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, [(150, 50), (150, 150)], atol=0.5)
    assert desk.steps == ["Draw", "Turn"]


def test_ink_on_the_move_is_shown_where_it_goes(desk):
    """While a handle is pulled the page shows what letting go will leave."""
    desk.put([(100, 100), (160, 130)])
    desk.tools.set_tool("select")
    desk.session.select_all()
    start = desk.handle(Handle.BOTTOM_RIGHT)
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
    at = desk.canvas.viewport.to_screen(*desk.handle(Handle.RIGHT))
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


# Devices


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


def test_every_move_of_a_mouse_is_ink(desk):
    """None is merged away between press and release."""
    drag_mouse(desk.canvas, [(20 + i, 50 + i % 3) for i in range(200)])
    assert len(desk.strokes[0].points) == 200
