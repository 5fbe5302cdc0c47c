"""Several windows, full screen and focus mode."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox

from sketchstudio.core.pressure import LINEAR, SOFT
from sketchstudio.engine.messages import Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.settings import Preferences
from sketchstudio.ui.windows import Windows
from tests.helpers.tiny import tiny_studio

LINE = [(100, 100), (140, 120), (180, 160), (240, 150)]


@pytest.fixture
def windows(qtbot):
    service = InferenceService(tiny_studio)
    windows = Windows(service, Preferences())
    yield windows
    for window in windows.open:
        window._session.undo_stack.setClean()
        window.close()
    service.shutdown()


def draw(qtbot, window):
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(window.canvas, left, pos=QPoint(*LINE[0]))
    for point in LINE[1:]:
        qtbot.mouseMove(window.canvas, QPoint(*point))
    qtbot.mouseRelease(window.canvas, left, pos=QPoint(*LINE[-1]))


def ink(window):
    return len(list(window._session.document.strokes()))


def test_windows_have_documents_of_their_own(windows, qtbot):
    """What is drawn, undone and proposed in one window leaves the other alone."""
    one = windows.new()
    qtbot.waitExposed(one)
    one.actions_by_id["new_window"].trigger()
    _, other = windows.open
    qtbot.waitExposed(other)
    draw(qtbot, one)
    assert (ink(one), ink(other)) == (1, 0)
    assert not other.actions_by_id["undo"].isEnabled()
    windows._service.start()
    qtbot.waitUntil(lambda: windows._service.state.status is Status.READY)
    one.actions_by_id["redraw"].trigger()
    qtbot.waitUntil(lambda: bool(one._proposals.strokes))
    assert not other._proposals.active
    one.actions_by_id["reject"].trigger()


def test_settings_are_shared(windows, qtbot):
    """A theme or key chosen in one window holds in all."""
    windows.new()
    windows.new()
    one, other = windows.open
    one.actions_by_id["theme_dark"].trigger()
    assert other.actions_by_id["theme_dark"].isChecked()
    windows._preferences.set("shortcuts", {"redraw": ["J"]})
    assert other.actions_by_id["redraw"].key_texts == ["J"]
    one.actions_by_id["theme_light"].trigger()


def test_closing_one_asks_for_its_own_ink_and_keeps_the_others(windows, qtbot, monkeypatch):
    """Each window answers for itself; the style of the last one closed is the next start's."""
    windows.new()
    windows.new()
    one, other = windows.open
    qtbot.waitExposed(other)
    draw(qtbot, one)
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Cancel)
    one.actions_by_id["close"].trigger()
    assert windows.open == (one, other)
    other.actions_by_id["color_5"].trigger()
    other.actions_by_id["close"].trigger()
    assert windows.open == (one,)
    assert windows._preferences.values.pen_color == "#15924a"


def test_new_windows_do_not_cover_the_others(windows, qtbot):
    """A new window is seen to be new."""
    windows.new()
    windows.new()
    one, other = windows.open
    assert other.pos() != one.pos()
    assert other.size() == one.size()


def test_full_screen(loading, qtbot):
    """F11 there and back, and the window manager's own way is seen too."""
    qtbot.keyClick(loading.window.canvas, Qt.Key.Key_F11)
    assert loading.window.isFullScreen()
    qtbot.keyClick(loading.window.canvas, Qt.Key.Key_F11)
    assert not loading.window.isFullScreen()
    loading.window.showFullScreen()
    assert loading.window.actions_by_id["full_screen"].isChecked()


def test_focus_mode_leaves_only_the_page(loading, qtbot):
    """F hides every bar, keys go on working, and F brings back what was there."""
    window = loading.window
    loading.trigger("blend")  # closed before, so it stays closed after
    bars = (window.menuBar(), window._top_bar, window._tool_bar, window.statusBar())
    qtbot.keyClick(window.canvas, Qt.Key.Key_F)
    assert not any(bar.isVisible() for bar in bars)
    qtbot.keyClick(window.canvas, Qt.Key.Key_E)
    assert loading.tools.tool == "eraser"
    qtbot.keyClick(window.canvas, Qt.Key.Key_F)
    assert all(bar.isVisible() for bar in bars)
    assert not window.blend_panel.isVisible()


def test_lines_are_seen_without_a_status_bar(loading, qtbot):
    """Focus mode says how to leave it, and what is refused is told over the canvas."""
    note = loading.window.area.note
    loading.trigger("focus")
    assert note.isVisible()
    assert note.label.text().startswith("F ")
    assert loading.window.area.rect().contains(note.geometry())
    loading.window.tell("Locked")
    assert note.label.text() == "Locked"


def test_panels_toggled_without_bars_are_as_their_actions_say(loading):
    """What was opened in focus mode stays when the bars come back, what was closed is closed."""
    window = loading.window
    shown = window.actions_by_id["blend"].isChecked()
    loading.window.resize(1200, 800)  # room for all of them
    loading.trigger("focus")
    loading.trigger("layers")
    loading.trigger("blend")
    loading.trigger("focus")
    assert window.side_panels.layers.isVisible()
    assert window.blend_panel.isVisible() is not shown


def test_what_a_pen_means_is_the_same_in_all_windows(windows, qtbot):
    """Whichever window closes last, and a reset takes it back in all."""
    windows.new()
    windows.new()
    one, other = windows.open
    one.actions_by_id["simulate_pressure"].trigger()
    one._tools.change_input(curve=SOFT)
    assert not other.actions_by_id["simulate_pressure"].isChecked()
    assert other._tools.input.curve == SOFT
    other.actions_by_id["close"].trigger()
    assert not windows._preferences.values.simulate_pressure
    windows._preferences.reset("pressure_curve")
    assert one._tools.input.curve == LINEAR


def test_a_closed_window_asks_the_model_nothing_more(windows, qtbot):
    """Its proposal goes with it."""
    windows.new()
    one = windows.new()
    qtbot.waitExposed(one)
    draw(qtbot, one)
    one.actions_by_id["redraw"].trigger()
    proposals = one._proposals
    assert proposals.active
    one._session.undo_stack.setClean()
    one.actions_by_id["close"].trigger()
    assert not proposals.active
