"""After a crash the next start offers what was open, and nothing else."""

from __future__ import annotations

import os
import threading

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats import native
from sketchstudio.formats.safe_write import backup_of
from sketchstudio.recovery.journal import Draft, Journal
from sketchstudio.recovery.places import Place, left_behind
from sketchstudio.state.settings import Preferences
from sketchstudio.system.crash import Traces
from sketchstudio.system.paths import log_folder, recovery_folder
from sketchstudio.ui.dialogs.crash import CrashDialog
from sketchstudio.ui.dialogs.recovery import RecoveryDialog
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


def inked(title: str, count: int = 1) -> Document:
    ink = tuple(Stroke.from_points([(x, 0), (x + 9, 40)]) for x in range(count))
    return Document((Layer("a", ink),), title=title)


def crash(document: Document, path=None, time: float = 1000.0) -> None:
    """Leave a drawing as a killed process does."""
    place = Place.make(recovery_folder())
    writer = Journal(place.journal)
    writer.write(Draft(document, document.title, path, True, time))
    writer.close()
    os.close(place._lock._descriptor)


def start(windows) -> RecoveryDialog | None:
    """Start the app as far as its offer."""
    if not windows.open:
        windows.new()
    windows.offer_recovery()
    return windows.open[0].findChild(RecoveryDialog)


def draw(qtbot, window):
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(window.canvas, left, pos=QPoint(*LINE[0]))
    for point in LINE[1:]:
        qtbot.mouseMove(window.canvas, QPoint(*point))
    qtbot.mouseRelease(window.canvas, left, pos=QPoint(*LINE[-1]))


def ink(window) -> int:
    return len(list(window._session.document.strokes()))


def test_after_a_good_end_nothing_is_offered(windows, qtbot):
    """Drawings that were saved or given up do not come back."""
    window = windows.new()
    draw(qtbot, window)
    windows._recovering.flush()
    assert len(list(recovery_folder().iterdir())) == 1
    window._session.undo_stack.setClean()
    window.close()
    assert start(windows) is None
    assert list(recovery_folder().glob("*")) == []


def test_closing_waits_for_a_save_under_way(windows, qtbot, monkeypatch, tmp_path):
    """And asks nothing once it is safe; where it is not, it asks."""
    window = windows.new()
    draw(qtbot, window)
    go_on, save, path = threading.Event(), native.save, tmp_path / "a.sketch"

    def save_slowly(document, where):
        assert go_on.wait(60)
        save(document, where)

    monkeypatch.setattr(native, "save", save_slowly)
    window.files._save_to(path)
    QTimer.singleShot(20, go_on.set)
    assert not path.exists()
    assert window.close()
    assert len(list(native.load(path).strokes())) == 1
    assert list(recovery_folder().glob("*")) == []  # the folder, too, if nothing had come to it


def test_what_was_open_is_restored_unsaved(windows, qtbot, tmp_path):
    """With its name and place, in the empty window; more of them in windows of their own."""
    crash(inked("", 3), tmp_path / "cat.sketch", 3000.0)
    crash(inked("Sun", 2), None, 2000.0)
    dialog = start(windows)
    assert [dialog.list.item(i).text().split("\n")[0] for i in range(2)] == ["cat", "Sun"]
    assert not dialog.list.item(0).icon().isNull()
    dialog.list.selectAll()
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    one, other = windows.open
    assert (ink(one), ink(other)) == (3, 2)
    assert one.windowTitle().startswith("cat.sketch")
    assert one._session.path == tmp_path / "cat.sketch"
    assert one.isWindowModified()
    assert other.isWindowModified()
    assert not dialog.isVisible()
    assert len(list(recovery_folder().iterdir())) == 2, "the windows' own journals"
    assert left_behind(recovery_folder()) == []


def test_what_was_restored_is_saved_in_place(windows, tmp_path):
    """The file that was there when it was restored is taken for the version before."""
    path = tmp_path / "cat.sketch"
    native.save(inked("", 2), path)
    crash(inked("", 3), path)
    start(windows).restore.click()
    (window,) = windows.open
    window.actions_by_id["save"].trigger()
    window.files.finish()
    assert len(list(native.load(path).strokes())) == 3
    assert not window.isWindowModified()


def test_restoring_leaves_a_drawing_alone(windows, qtbot):
    """What is being drawn when the offer is accepted stays in its window."""
    crash(inked("Sun"))
    window = windows.new()
    draw(qtbot, window)
    dialog = start(windows)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [ink(window) for window in windows.open] == [1, 1]
    assert windows.open[1].windowTitle().startswith("Sun")


def test_decide_later(windows, qtbot):
    """What is not decided on is offered again, also from the menu."""
    crash(inked("Sun"))
    dialog = start(windows)
    assert left_behind(recovery_folder()) == [], "other windows are not offered it meanwhile"
    qtbot.mouseClick(dialog.later, Qt.MouseButton.LeftButton)
    windows.open[0].actions_by_id["recover"].trigger()
    again = [one for one in windows.open[0].findChildren(RecoveryDialog) if one.isVisible()]
    assert again[0].list.count() == 1
    again[0].reject()


def test_the_menu_says_that_there_is_nothing(windows):
    """Rather than doing nothing."""
    window = windows.new()
    window.actions_by_id["recover"].trigger()
    assert "nothing" in window.statusBar().currentMessage()


def test_delete_asks_first(windows, qtbot, monkeypatch):
    """It cannot be undone."""
    crash(inked("Sun"))
    dialog = start(windows)
    button = QMessageBox.StandardButton
    answers = iter([button.No, button.Yes])
    monkeypatch.setattr(QMessageBox, "question", lambda *_: next(answers))
    dialog.delete.click()
    assert dialog.list.count() == 1
    dialog.delete.click()
    assert not dialog.isVisible()
    assert list(recovery_folder().glob("*")) == []


def test_save_as_without_opening(windows, qtbot, tmp_path, monkeypatch):
    """A file that cannot be written costs nothing; the next place takes it."""
    crash(inked("Sun", 2))
    dialog = start(windows)
    names = iter([tmp_path / "none" / "sun", tmp_path / "sun"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(names)), ""))
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[-1]))
    dialog.save_as.click()
    assert "sun.sketch" in said[0]
    assert dialog.list.count() == 1
    dialog.save_as.click()
    assert len(list(native.load(tmp_path / "sun.sketch").strokes())) == 2
    assert not dialog.isVisible()
    assert list(recovery_folder().glob("*")) == []


def test_an_end_without_a_question_is_offered(windows, qtbot, monkeypatch):
    """A shutdown asks nothing, so it loses nothing."""
    monkeypatch.setattr(QApplication, "exit", lambda _: None)  # no later loop would turn
    window = windows.new()
    draw(qtbot, window)
    windows.leave()
    (found,) = left_behind(recovery_folder())
    assert len(list(found.draft.document.strokes())) == 1


def test_ink_under_the_pen_is_kept(windows, qtbot):
    """The window's own pen, pressed and moved, is seen by its keeper."""
    window = windows.new()
    qtbot.waitExposed(window)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(window.canvas, left, pos=QPoint(*LINE[0]))
    for point in LINE[1:]:
        qtbot.mouseMove(window.canvas, QPoint(*point))
    assert window.canvas.ink_under_pen() is not None
    qtbot.waitUntil(lambda: recovery_folder().exists() and bool(list(recovery_folder().iterdir())))
    qtbot.mouseRelease(window.canvas, left, pos=QPoint(*LINE[-1]))
    assert window.canvas.ink_under_pen() is None


def test_a_disk_that_keeps_nothing_is_told(windows, qtbot):
    """And that it does again."""
    window = windows.new()
    window.show_keeping("No space left on device")
    assert "No space left" in window.area.banner.label.text()
    window.show_keeping("")
    assert "safe" in window.statusBar().currentMessage()


def test_a_crash_report_is_offered_and_read(windows, qtbot):
    """A line at the start says where it is; without one the menu says so."""
    window = windows.new()
    window.actions_by_id["crash_report"].trigger()
    assert "no crash report" in window.statusBar().currentMessage()
    traces = Traces(log_folder())
    log_folder().mkdir(parents=True)
    (log_folder() / "crash-1.log").write_text("Fatal Python error: Aborted")
    assert traces.collect()
    windows.tell_of_crash()
    assert "Crash Report" in window.area.banner.label.text()
    window.actions_by_id["crash_report"].trigger()
    dialog = window.findChild(CrashDialog)
    dialog.copy.click()
    assert "Fatal Python error" in QApplication.clipboard().text()
    dialog.close()


@pytest.mark.parametrize("opens", [True, False])
def test_a_damaged_file_offers_its_backup(windows, qtbot, tmp_path, monkeypatch, opens):
    """The version before it opens in its place, not saved yet; or nothing changes."""
    path = tmp_path / "a.sketch"
    native.save(inked("", 2), path)
    native.save(inked("", 3), path)
    path.write_bytes(path.read_bytes()[:-40])
    assert backup_of(path).exists()
    window = windows.new()

    def answer(box: QMessageBox) -> None:
        role = QMessageBox.ButtonRole.AcceptRole if opens else QMessageBox.ButtonRole.RejectRole
        next(button for button in box.buttons() if box.buttonRole(button) == role).click()

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert window.files.open_path(path) is opens
    assert ink(window) == (2 if opens else 0)
    assert window.isWindowModified() is opens
    assert window._session.path == (path if opens else None)
    if opens:
        window.actions_by_id["save"].trigger()
        window.files.finish()
        assert len(list(native.load(path).strokes())) == 2, "nobody else changed it"


def test_a_file_opens_as_it_was_seen(windows, qtbot, tmp_path):
    """At the place, zoom and turn it was left at."""
    window = windows.new()
    qtbot.waitExposed(window)
    draw(qtbot, window)
    window.canvas.zoom_to(2.5)
    window.canvas.turn_right()
    window.canvas.pan(30, -20)
    seen = window.canvas.view
    window.files._save_to(tmp_path / "a.sketch")
    window.files.finish()
    other = windows.new()
    qtbot.waitExposed(other)
    assert other.files.open_path(tmp_path / "a.sketch")
    again = other.canvas.view
    for field in ("x", "y", "zoom", "angle"):
        assert getattr(again, field) == pytest.approx(getattr(seen, field), abs=0.5)
    assert "another window" in other.statusBar().currentMessage()
