"""Opening, saving, dropping and closing, as a person does it in the window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from sketchstudio.formats import native
from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.quickdraw import write_drawings
from sketchstudio.ui.dialogs.export import ExportDialog

LINE = [(100, 100), (140, 120), (180, 160), (240, 150)]
OTHER = [(300, 200), (320, 260), (380, 300)]


def test_save_open_export(loading, qtbot, tmp_path, monkeypatch):
    """A drawing survives its file; the dialogs' endings are filled in."""
    loading.draw(qtbot, LINE)
    assert loading.window.isWindowModified()
    names = iter([str(tmp_path / "face"), str(tmp_path / "face.svg")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(names), ""))
    loading.trigger("save")
    loading.trigger("export")
    loading.window.findChild(ExportDialog).button.click()
    qtbot.waitUntil(lambda: (tmp_path / "face.svg").exists(), timeout=30_000)
    qtbot.waitUntil(lambda: not loading.window.isWindowModified())
    assert loading.window.windowTitle().startswith("face.sketch")
    assert "<svg" in (tmp_path / "face.svg").read_text()
    loading.trigger("new")
    assert loading.ink == 0
    path = str(tmp_path / "face.sketch")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    loading.trigger("open")
    assert loading.ink == 1
    assert loading.settings.last_folder == str(tmp_path)


@pytest.mark.parametrize("ending", [".ndjson", ".npz", ".bin"])
def test_open_a_page_of_drawings(loading, tmp_path, ending):
    """Quick, Draw! files fill a page that can be worked on, and are never saved over."""
    ink = np.array([[0, 0], [100, 50], [200, 0]])
    path = tmp_path / f"cats{ending}"
    write_drawings(path, [Drawing((ink, ink + 10), "cat")] * 6)
    assert loading.window.files.open_path(path)
    assert loading.ink == 12
    assert len(loading.session.active_layer.strokes) == 12
    assert loading.session.path is None
    assert loading.window.windowTitle().startswith("cat")
    bounds, shown = loading.session.document.bounds, loading.window.canvas.visible_page_rect()
    assert shown.left < bounds.left < bounds.right < shown.right
    loading.trigger("new")
    assert loading.window.windowTitle().startswith("Untitled")


def test_drop_a_file_on_the_window(loading, qtbot, tmp_path, monkeypatch):
    """A dropped file opens, after the question about unsaved ink."""
    path = tmp_path / "a.ndjson"
    path.write_text('{"word": "sun", "drawing": [[[0, 90], [0, 90]]]}')
    answers = iter([QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard])
    monkeypatch.setattr(QMessageBox, "exec", lambda _: next(answers))
    loading.draw(qtbot, LINE)
    loading.draw(qtbot, OTHER)
    drop(loading.window, [path])
    qtbot.wait(10)
    assert loading.ink == 2
    drop(loading.window, [path])
    qtbot.waitUntil(lambda: loading.ink == 1)


def test_drop_of_many_files_is_refused(loading, tmp_path):
    """There is one page for one file."""
    assert not drop(loading.window, [tmp_path / "a.sketch", tmp_path / "b.sketch"])


def drop(window, paths):
    """Drag files over the window and let go; whether the window takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(200, 200), copy, data, left, none)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), copy, data, left, none))
    return enter.isAccepted()


def test_broken_file_is_told(loading, qtbot, tmp_path, monkeypatch):
    """A file that is no drawing gets a dialog that names it; the page stays."""
    loading.draw(qtbot, LINE)
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[-1]))
    broken = tmp_path / "broken.sketch"
    broken.write_bytes(b"PK nonsense")
    assert not loading.window.files.open_path(broken)
    assert not loading.window.files.open_path(tmp_path / "missing.sketch")
    other = tmp_path / "notes.txt"
    other.write_text("hello")
    assert not loading.window.files.open_path(other)
    assert "broken.sketch" in said[0]
    assert str(tmp_path) not in said[0]
    assert "missing.sketch" in said[1]
    assert ".ndjson" in said[2]
    assert loading.ink == 1


@pytest.mark.parametrize(
    ("answer", "closes"),
    [
        (QMessageBox.StandardButton.Cancel, False),
        (QMessageBox.StandardButton.Discard, True),
        (QMessageBox.StandardButton.Save, True),
    ],
)
def test_closing_asks_about_unsaved_ink(loading, qtbot, tmp_path, monkeypatch, answer, closes):
    """Nothing drawn is lost without being asked."""
    loading.draw(qtbot, LINE)
    path = tmp_path / "kept.sketch"
    monkeypatch.setattr(QMessageBox, "exec", lambda _: answer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    assert loading.window.close() == closes
    assert path.exists() == (answer == QMessageBox.StandardButton.Save)
    if path.exists():
        assert len(list(native.load(path).strokes())) == 1


@pytest.mark.parametrize("name", ["Dr. Who", "cat v1.2", "x.svg"])
def test_a_dot_in_a_name_is_no_ending(loading, qtbot, tmp_path, monkeypatch, name):
    """The ending is added all the same, and a file of that name is not lost unasked."""
    loading.draw(qtbot, LINE)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
    loading.trigger("save_as")
    saved = tmp_path / f"{name}.sketch"
    assert not (tmp_path / name).exists()
    saved.write_text("kept")
    no = QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_: no)
    loading.trigger("save_as")
    assert saved.read_text() == "kept"


def test_failed_save_keeps_the_window(loading, qtbot, tmp_path, monkeypatch):
    """Where saving fails the window stays, with the drawing in it."""
    loading.draw(qtbot, LINE)
    nowhere = str(tmp_path / "no such folder" / "a.sketch")
    said = []
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Save)
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[-1]))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (nowhere, ""))
    assert not loading.window.close()
    assert "a.sketch" in said[0]


def test_what_another_window_saved_is_not_replaced_unasked(
    make, loading, qtbot, tmp_path, monkeypatch
):
    """Both have the file; the first saves and closes, the second is told, and keeps its drawing."""
    path = tmp_path / "a.sketch"
    native.save(loading.session.document, path)
    other = make()
    assert loading.window.files.open_path(path)
    assert other.window.files.open_path(path)
    for line in (LINE, OTHER):
        loading.draw(qtbot, line)
    loading.trigger("save")
    loading.window.files.finish()
    loading.window.close()
    loading.window.files.let_go()
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[-1]))
    other.draw(qtbot, LINE)
    other.trigger("save")
    qtbot.waitUntil(lambda: bool(said))
    assert "changed by another program or window" in said[0]
    assert other.window.isWindowModified()
    assert other.ink == 1
    assert len(list(native.load(path).strokes())) == 2
    other.session.undo_stack.setClean()
    assert other.window.files.open_path(path), "anew, with what is there now"
    other.draw(qtbot, LINE)
    other.trigger("save")
    other.window.files.finish()
    assert len(list(native.load(path).strokes())) == 3
    native.save(loading.session.document, path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    other.trigger("save_as")
    other.window.files.finish()
    assert len(said) == 1, "the dialog asked"
