from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from sketchstudio.core.document import Document, Layer, Page
from sketchstudio.core.edits import add_strokes, change_layer
from sketchstudio.core.outline import stroke_outline
from sketchstudio.core.stroke import Origin, Stroke, StrokeStyle
from tests.helpers.pen import drag_mouse, draw_with_pen, send_mouse, send_pen, tablet

LINE = [(50.0, 60.0), (80.0, 70.0), (120.0, 75.0), (160.0, 60.0)]


def test_pen_draws_with_its_pressure(desk):
    """Tablet events become one stroke with the raw positions and pressures."""
    draw_with_pen(desk.canvas, LINE, [0.2, 0.4, 0.9, 0.6])
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, LINE)
    np.testing.assert_allclose(stroke.pressure, [0.2, 0.4, 0.9, 0.6], atol=1e-6)
    np.testing.assert_allclose(stroke.samples[:, 3], [0, 5, 10, 15])
    assert stroke.style == desk.tools.style
    assert desk.session.undo_stack.count() == 1


def test_ink_shows_before_the_pen_is_lifted(desk):
    """The line is on the screen while it is being drawn, and stays when it is done."""
    device = tablet()
    send_pen(desk.canvas, device, QEvent.Type.TabletPress, LINE[0], 0.8, 0)
    for i, point in enumerate(LINE[1:], 1):
        send_pen(desk.canvas, device, QEvent.Type.TabletMove, point, 0.8, 5 * i)
    assert desk.canvas.is_drawing
    live = desk.pixels()
    assert live[70, 80].max() < 80
    send_pen(desk.canvas, device, QEvent.Type.TabletRelease, LINE[-1], 0, 30)
    assert not desk.canvas.is_drawing
    assert np.abs(desk.pixels() - live).max() <= 4


def test_mouse_draws(desk):
    """A mouse draws, too; quick movement gives a thinner line than slow."""
    drag_mouse(desk.canvas, [(20 + 2 * i, 50) for i in range(60)])
    drag_mouse(desk.canvas, [(20 + 25 * i, 80) for i in range(12)])
    slow, quick = desk.strokes
    assert slow.pressure[-1] > quick.pressure[-1]
    assert 0 < quick.pressure.min() <= slow.pressure.max() <= 1


@pytest.mark.parametrize("device", ["mouse", "pen"])
def test_tap_leaves_a_dot_as_wide_as_the_pen(desk, device):
    """Without a movement there is no speed or firm pressure to thin the dot by."""
    desk.tools.set_width(6)
    if device == "mouse":
        drag_mouse(desk.canvas, [(50, 50)])
    else:
        draw_with_pen(desk.canvas, [(50, 50)], [0.05])
    (dot,) = desk.strokes
    assert np.ptp(stroke_outline(dot), axis=0) == pytest.approx([6, 6], abs=0.1)


def test_the_engine_gives_way_to_the_pen(loading, qtbot, monkeypatch):
    """It is told when a gesture begins, ends or is given up, so that ink is not late."""
    told = []
    monkeypatch.setattr(loading.service._engine.lanes, "set_pen_down", told.append)
    loading.draw(qtbot, LINE)
    assert told == [True, False]
    send_mouse(loading.window.canvas, QEvent.Type.MouseButtonPress, LINE[0])
    qtbot.keyClick(loading.window.canvas, Qt.Key.Key_Escape)
    assert told == [True, False] * 2


def test_mouse_is_ignored_while_the_pen_draws(desk):
    """Drivers that send both kinds of events do not double the stroke."""
    device = tablet()
    send_pen(desk.canvas, device, QEvent.Type.TabletPress, LINE[0], 0.5, 0)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, (5, 5))
    send_mouse(desk.canvas, QEvent.Type.MouseMove, (90, 5))
    send_pen(desk.canvas, device, QEvent.Type.TabletMove, LINE[1], 0.5, 5)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (90, 5))
    send_pen(desk.canvas, device, QEvent.Type.TabletRelease, LINE[1], 0, 10)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, (5, 5))
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (5, 5))
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, LINE[:2])


def test_right_button_draws_nothing(desk):
    """The right button is left to menus."""
    drag_mouse(desk.canvas, LINE, Qt.MouseButton.RightButton)
    assert not desk.strokes


def test_shift_draws_straight(desk):
    """With Shift the stroke is one straight line to where the pointer went last."""
    drag_mouse(desk.canvas, LINE, modifiers=Qt.KeyboardModifier.ShiftModifier)
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, [LINE[0], LINE[-1]])


def test_signals_frame_a_stroke(desk):
    """ink_started comes before any ink, ink_finished with the stroke that was added."""
    heard: list[object] = []
    desk.canvas.ink_started.connect(lambda: heard.append(desk.canvas.overlay.live))
    desk.canvas.ink_finished.connect(heard.append)
    draw_with_pen(desk.canvas, LINE)
    assert heard == [None, desk.strokes[0]]


def test_eraser_takes_whole_strokes_in_one_step(desk):
    """One gesture over many strokes is one undo step; untouched strokes stay."""
    far = desk.put(*([(x, 20), (x, 120)] for x in (50, 80, 110)), [(300, 20), (300, 120)])[-1]
    before = desk.pixels()
    desk.tools.set_tool("eraser")
    drag_mouse(desk.canvas, [(20, 70), (140, 71)])
    assert desk.strokes == [far]
    assert desk.session.undo_stack.count() == 2
    desk.session.undo()
    desk.canvas.overlay.eraser = None
    np.testing.assert_array_equal(desk.pixels(), before)


def test_other_end_of_the_pen_erases(desk):
    """The eraser tip erases, whatever the tool."""
    desk.put([(50, 20), (50, 120)])
    draw_with_pen(desk.canvas, [(20, 70), (90, 70)], tip=QPointingDevice.PointerType.Eraser)
    assert not desk.strokes
    assert desk.canvas.overlay.eraser is None
    assert desk.tools.tool == "pen"


def test_escape_gives_up_an_erasure(desk):
    """Escape in mid-gesture brings everything back and leaves no undo step."""
    (stroke,) = desk.put([(50, 20), (50, 120)])
    before = desk.pixels()
    desk.tools.set_tool("eraser")
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, (50, 60))
    assert (desk.pixels() != before).any()
    QTest.keyClick(desk.canvas, Qt.Key.Key_Escape)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (50, 60))
    assert desk.strokes == [stroke]
    assert desk.session.undo_stack.count() == 1
    np.testing.assert_array_equal(desk.pixels(), before)


def test_click_lasso_and_delete(desk):
    """A click picks, a lasso picks what it holds, Shift adds; what is picked can go."""
    a, b, c = desk.put(*([(x, 40), (x + 20, 60)] for x in (50, 120, 250)))
    desk.tools.set_tool("lasso")
    drag_mouse(desk.canvas, [(60, 50)])
    assert desk.session.selected_ids == {a.id}
    shift = Qt.KeyboardModifier.ShiftModifier
    drag_mouse(desk.canvas, [(130, 50)], modifiers=shift)
    assert desk.session.selected_ids == {a.id, b.id}
    drag_mouse(desk.canvas, [(230, 20), (300, 20), (300, 90), (230, 90)])
    assert desk.session.selected_ids == {c.id}
    desk.session.delete_selection()
    assert desk.strokes == [a, b]
    drag_mouse(desk.canvas, [(10, 200)])
    assert not desk.session.selected_ids


def test_frame_lies_close_round_the_selected_ink(desk):
    """A line with few samples has no wider frame than what is seen of it."""
    desk.put([(20, 200), (120, 150), (220, 220), (320, 160)])
    ink = np.argwhere(desk.pixels()[5:-5, 5:-5].min(axis=2) < 60) + 5
    desk.session.select_all()
    frame = desk.canvas.overlay.frame
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    shown = (frame.left, frame.top, frame.right, frame.bottom)
    assert shown == pytest.approx((left, top, right, bottom), abs=2)


def test_drawing_drops_the_selection(desk):
    """What was selected before is not what the next redrawing is about."""
    desk.put(LINE)
    desk.session.select_all()
    drag_mouse(desk.canvas, [(200, 200), (250, 250)])
    assert not desk.session.selected_ids


def test_dragging_the_selection_moves_it(desk):
    """A drag on the selection moves it as one undo step, drawn where it went."""
    desk.put([(50, 40), (90, 60)])
    desk.tools.set_tool("select")
    drag_mouse(desk.canvas, [(70, 50)])
    drag_mouse(desk.canvas, [(70, 50), (100, 80), (170, 150)])
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points, [(150, 140), (190, 160)])
    assert desk.session.undo_stack.count() == 2
    desk.session.select([])
    picture = desk.pixels()
    assert picture[150, 170].max() < 100
    assert picture[50, 70].min() > 250


def ghost() -> tuple[Stroke, ...]:
    return (Stroke.from_points([(200, 100), (300, 100)], origin=Origin.MODEL),)


def test_click_on_ghost_ink(desk):
    """A click near ghost ink takes it and draws no dot."""
    heard: list[str] = []
    desk.canvas.ghost_clicked.connect(lambda: heard.append("clicked"))
    desk.canvas.ink_started.connect(lambda: heard.append("started"))
    desk.canvas.set_ghost(ghost())
    drag_mouse(desk.canvas, [(250, 104), (251, 104)])
    assert heard == ["clicked"]
    assert not desk.strokes


def test_pointer_says_what_a_click_does(desk):
    """A hand over ghost ink, which a click accepts; the tool's own shape beside it."""
    desk.canvas.set_ghost((Stroke.from_points(LINE),))
    shapes = []
    for at in (LINE[1], (300, 200), LINE[1]):
        send_mouse(desk.canvas, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)
        shapes.append(desk.canvas.cursor().shape())
    desk.canvas.set_ghost(())
    shapes.append(desk.canvas.cursor().shape())
    hand, cross = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.CrossCursor
    assert shapes == [hand, cross, hand, cross]


def test_drawing_over_ghost_ink(desk):
    """A drag from ghost ink draws a stroke from its very beginning."""
    clicked: list[None] = []
    desk.canvas.ghost_clicked.connect(lambda: clicked.append(None))
    desk.canvas.set_ghost(ghost())
    draw_with_pen(desk.canvas, [(250, 100), (252, 101), (260, 110), (270, 130)])
    (stroke,) = desk.strokes
    np.testing.assert_allclose(stroke.points[0], (250, 100))
    assert len(stroke.points) == 4
    assert not clicked


@pytest.mark.parametrize("paper", ["#ffffff", "#202025"])
def test_ghost_ink_is_seen_and_goes(desk, paper):
    """Ghost ink stands out from the paper by lightness, and leaves nothing behind."""
    desk.session.load(replace(desk.session.document, page=Page(paper)))
    before = desk.pixels()
    desk.canvas.set_ghost(ghost())
    shown = desk.pixels()[95:106, 205:295].mean(axis=2)
    assert np.ptp(shown) > 60
    desk.canvas.set_ghost(())
    np.testing.assert_array_equal(desk.pixels(), before)


def test_hint_only_on_an_empty_page(desk):
    """The hint goes with the first ink."""
    blank = desk.pixels()
    desk.canvas.set_hint("■■■■")
    assert (desk.pixels() != blank).any()
    desk.put([(10, 10), (12, 10)])
    middle = desk.pixels()[100:200, 100:300]
    np.testing.assert_array_equal(middle, blank[100:200, 100:300])


@pytest.mark.parametrize("change", ["undo", "new", "hidden", "another layer"])
@pytest.mark.parametrize("tool", ["pen", "eraser", "select"])
def test_a_gesture_ends_where_its_ground_is_gone(desk, tool, change):
    """What was begun on one page or layer never lands on another, and nothing is half done."""
    session, way = desk.session, [(100, 100), (130, 120), (160, 130)]
    session.load(Document((Layer("lower"), Layer("upper"))))
    desk.put([(90, 100), (110, 100)])
    desk.put([(100, 90), (100, 110)])
    desk.tools.set_tool(tool)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, way[0])
    send_mouse(desk.canvas, QEvent.Type.MouseMove, way[1], t_ms=8)
    assert desk.canvas.is_drawing
    layer = session.active_layer
    if change == "undo":
        session.undo()
    elif change == "new":
        session.load(Document())
    elif change == "hidden":
        session.execute(change_layer(layer, "Hide", visible=False))
    else:
        session.set_active_layer(session.document.layers[0].id)
    after, steps = session.document, session.undo_stack.count()
    assert not desk.canvas.is_drawing
    send_mouse(desk.canvas, QEvent.Type.MouseMove, way[2], t_ms=16)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, way[2], t_ms=24)
    assert session.document is after
    assert session.undo_stack.count() == steps
    assert desk.canvas.overlay.live is None


def test_the_lifting_mouse_presses_no_more(desk):
    """The last place of a stroke has the pressure of the one before, however far it is."""
    send_mouse(desk.canvas, QEvent.Type.MouseButtonPress, (50, 50))
    for i in range(1, 9):
        send_mouse(desk.canvas, QEvent.Type.MouseMove, (50 + 2 * i, 50), t_ms=8 * i)
    send_mouse(desk.canvas, QEvent.Type.MouseButtonRelease, (150, 50), t_ms=72)
    (stroke,) = desk.strokes
    assert stroke.points[-1].tolist() == [150, 50]
    assert stroke.pressure[-1] == stroke.pressure[-2]


def test_width_on_screen(desk):
    """A line of 20 page px without pressure is 20 px high on the screen."""
    style = StrokeStyle("#000000", 20, False)
    line = Stroke.from_points([(50, 150), (350, 150)], style)
    desk.session.execute(add_strokes(desk.session.active_layer, [line], "Draw"))
    column = 255 - desk.pixels()[100:200, 200].mean(axis=1)
    assert column.sum() / 255 == pytest.approx(20, abs=0.05)


def test_edge_suits_the_window(desk):
    """The page's edge is dark in a dark window; the paper keeps its colour."""
    light = desk.pixels()
    desk.canvas.set_dark(True)
    dark = desk.pixels()
    assert dark[0, 200].mean() < light[0, 200].mean()
    np.testing.assert_array_equal(dark[1:-1, 1:-1], light[1:-1, 1:-1])
