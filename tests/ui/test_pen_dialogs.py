"""What the person sets the pen by, and sees of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from sketchstudio.core.pressure import LINEAR, SOFT
from sketchstudio.state.input_settings import Barrel, Touch
from sketchstudio.state.settings import Settings
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.dialogs.curve_editor import CurveEditor
from sketchstudio.ui.dialogs.pressure_curve import PressureDialog
from sketchstudio.ui.dialogs.tablet_test import TabletTest
from tests.helpers.pen import drag_mouse, draw_with_pen, send_mouse, send_pen, tablet


@pytest.fixture
def editor(qtbot):
    made = CurveEditor()
    qtbot.addWidget(made)
    made.show()
    return made


def test_handles_follow_the_mouse(editor, qtbot):
    """The nearer handle is taken, and stays within the field."""
    with qtbot.waitSignal(editor.valueChanged):
        drag_mouse(editor, [(60, 120), (10, 10)])
    assert editor.value()[:2] == [0, 1]
    assert editor.value()[2:] == list(LINEAR.handles)[2:]
    drag_mouse(editor, [(120, 60), (500, 500)])
    assert editor.value()[2:] == [1, 0]


def test_handles_follow_the_keys(editor):
    """Space chooses one, arrows move it."""
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Up)
    QTest.keyClick(editor, Qt.Key.Key_Space)
    QTest.keyClick(editor, Qt.Key.Key_Left)
    x1, y1, x2, y2 = editor.value()
    assert (x1, y2) == pytest.approx((LINEAR.x1, LINEAR.y2), abs=1e-3)
    assert y1 == pytest.approx(LINEAR.y1 + 0.05, abs=1e-3)
    assert x2 == pytest.approx(LINEAR.x2 - 0.05, abs=1e-3)


def test_a_preset_changes_the_pen_at_once(qtbot, qapp):
    """And the sheet beside it draws by the new curve."""
    from PySide6.QtWidgets import QWidget

    window, tools = QWidget(), ToolState()
    qtbot.addWidget(window)
    dialog = PressureDialog(tools, window)
    dialog.show()
    dialog.presets["Soft"].click()
    assert tools.input.curve == SOFT
    draw_with_pen(dialog.pad, [(20, 20), (60, 60), (90, 40)], [0.3, 0.3, 0.3])
    (line,) = dialog.pad._lines
    assert line.stroke().pressure[1] == pytest.approx(SOFT(0.3), abs=1e-4)
    dialog.close()


def test_the_curve_shows_what_a_pen_presses_and_the_sheet_keeps_the_last_lines(qtbot, qapp):
    """A mark while it touches, none once it has lifted; a sheet to try on never fills up."""
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    dialog = PressureDialog(ToolState(), window)
    dialog.show()
    felt = []
    dialog.pad.pressed.connect(felt.append)
    draw_with_pen(dialog.pad, [(20, 20), (60, 60)], [0.3, 0.6])
    assert [round(one, 2) for one in felt[:2]] == [0.3, 0.6]
    assert felt[-1] is None
    assert dialog.editor._pressure is None
    for _ in range(9):
        draw_with_pen(dialog.pad, [(20, 20), (60, 60)], [0.3, 0.6])
    assert len(dialog.pad.sketch) == 8
    dialog.close()


@pytest.fixture
def tablet_test(qtbot):
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    dialog = TabletTest(window)
    dialog.show()
    yield dialog
    dialog.close()


def test_what_a_tablet_sends_is_shown(tablet_test):
    """Kind, device, place, pressure and rate of the last event, and ink of its kind."""
    sheet, values = tablet_test.sheet, tablet_test.values
    send_pen(sheet, tablet(), QEvent.Type.TabletPress, (10.25, 20.5), 0.625, 0)
    assert values["kind"].text() == "Pen"
    assert values["device"].text() == "tablet"
    assert values["position"].text() == "10.25, 20.50"
    assert values["pressure"].text() == "0.625"
    assert "left" in values["buttons"].text()
    send_pen(sheet, tablet(), QEvent.Type.TabletMove, (50, 60), 0.7, 5)
    assert int(values["rate"].text()) == 2
    eraser = tablet(QPointingDevice.PointerType.Eraser)
    send_pen(sheet, eraser, QEvent.Type.TabletPress, (80, 80), 0.5, 9)
    assert values["kind"].text() == "Eraser end of the pen"
    send_mouse(sheet, QEvent.Type.MouseMove, (90, 90))
    assert values["kind"].text() == "Mouse"
    assert values["pressure"].text() == "-"
    assert [event.kind for event in sheet.events] == ["pen", "pen", "eraser", "mouse"]
    assert not sheet.grab().isNull()
    sheet.clear()
    assert not sheet.events


def test_pens_settings_come_back(make):
    """What was chosen in one window is there in the next start."""
    first = make(settings=Settings())
    tools = first.tools
    tools.set_tool("highlighter")
    tools.set_color("#00ff00")
    tools.change_input(
        curve=SOFT, simulate_pressure=False, barrel=Barrel.PAN, touch=Touch.DRAW, shape_assist=False
    )
    tools.set_eraser_splits(True)
    tools.set_eraser_width(44)
    tools.remember_color("#123456")
    first.window.remember()
    second = make(settings=first.settings)
    assert second.tools.input == tools.input
    assert second.tools.style_of("highlighter").color == "#00ff00"
    assert second.tools.style.color == "#1b1b1f"
    assert (second.tools.eraser_splits, second.tools.eraser_width) == (True, 44)
    assert second.tools.recent_colors == ("#123456",)
    assert second.window.actions_by_id["eraser_splits"].isChecked()
    assert not second.window.actions_by_id["shape_assist"].isChecked()


def test_style_of_the_selection_follows_the_bar(make, qtbot):
    """Colour, width and smoothing chosen with a selection in hand are the selection's."""
    studio = make()
    studio.draw(qtbot, [(50, 50), (90, 90), (140, 60)])
    studio.trigger("lasso")
    studio.session.select_all()
    bar = studio.window._tool_bar
    bar.options.smoothing.setValue(80)
    bar.options.width_slider.setValue(70)
    bar.color_picked.emit("#abcdef")
    (stroke,) = studio.session.document.strokes()
    assert (stroke.style.smoothing, stroke.style.color) == (0.8, "#abcdef")
    assert stroke.style.width > 10
    assert studio.session.undo_stack.count() == 4
    assert bar.recent[0].color == "#abcdef"
    assert bar.recent[0].isVisible()


def test_eraser_has_options_of_its_own(make):
    """With the eraser in hand the bar shows how wide it is and how it erases."""
    studio = make()
    options = studio.window._tool_bar.options
    studio.trigger("eraser")
    assert options.splits.isVisible()
    assert not options.smoothing.isVisible()
    options.splits.click()
    assert studio.tools.eraser_splits
    options.eraser_slider.setValue(90)
    assert studio.tools.eraser_width > 100
    studio.trigger("eraser")
    assert studio.tools.tool == "pen"
    assert options.smoothing.isVisible()


def test_any_colour_can_be_had(make, qtbot):
    """By the field, by its number, or from the page."""
    studio = make()
    popup = studio.window._tool_bar._popup
    popup.set_color("#808080")
    popup.show()
    QTest.keyClicks(popup.number, "")
    popup.number.setText("#3366cc")
    popup.number.editingFinished.emit()
    assert studio.tools.style.color == "#3366cc"
    width = popup.shades.width()
    drag_mouse(popup.shades, [(width - 5, 5), (width - 2, 2)])
    red, green, blue = (int(studio.tools.style.color[i : i + 2], 16) for i in (1, 3, 5))
    assert (red, blue) == (0, 255)
    assert 60 < green < 100
    popup._picker.click()
    assert studio.tools.tool == "picker"
    assert not popup.isVisible()
