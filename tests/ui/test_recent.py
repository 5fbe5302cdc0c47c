"""Recent drawings, with their pictures."""

from __future__ import annotations

import struct

import numpy as np
from PySide6.QtCore import QObject

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke
from sketchstudio.formats import native
from sketchstudio.state.settings import Preferences
from sketchstudio.ui.recent import RecentFiles, picture_in, picture_of
from sketchstudio.ui.samples import SAMPLES, samples


def drawing() -> Document:
    points = np.array([[0, 0], [400, 30], [800, 600]])
    return Document((Layer(strokes=(Stroke.from_points(points),)),))


def dark_pixels(image) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 100
        for x in range(image.width())
        for y in range(image.height())
    )


def test_newest_first_and_gone_files_left_out(tmp_path):
    """The list names what can be opened, each file once."""
    recent = RecentFiles(Preferences())
    paths = [tmp_path / f"{i}.sketch" for i in range(20)]
    for path in (*paths, paths[7]):
        native.save(drawing(), path)
        recent.add(path, drawing())
    assert recent.paths()[:3] == [paths[7], paths[19], paths[18]]
    assert len(set(recent.paths())) == len(recent.paths()) == 12
    paths[19].unlink()
    assert recent.paths()[:2] == [paths[7], paths[18]]


def test_pictures_show_the_drawing(tmp_path):
    """Whatever its place and size, all ink is in the picture; that of a file lies within it."""
    path = tmp_path / "a.sketch"
    recent = RecentFiles(Preferences())
    assert recent.picture(path).isNull()
    native.save(drawing(), path)
    assert dark_pixels(recent.picture(path)) > 100
    assert dark_pixels(picture_of(Document())) == 0
    path.write_bytes(b"broken")
    assert recent.picture(path).isNull()


def test_a_file_without_a_picture_gets_one(tmp_path, monkeypatch):
    """One of an older version, and one whose picture is none or would fill the memory."""
    path = tmp_path / "a.sketch"
    giant = struct.pack(
        ">8sI4sIIBBBBBI", b"\x89PNG\r\n\x1a\n", 13, b"IHDR", 60000, 60000, 8, 2, *[0] * 4
    )
    for data in (b"", b"no picture", giant):
        monkeypatch.setattr(native, "_thumbnail", lambda _, data=data: data)
        native.save(drawing(), path)
        assert native.thumbnail(path) == data
        assert dark_pixels(picture_in(path)) > 100


def test_the_list_can_be_cleared(tmp_path, qtbot):
    """With the pictures of files that hold none."""
    path = tmp_path / "a.svg"
    path.touch()
    recent = RecentFiles(Preferences())
    recent.add(path, drawing())
    qtbot.waitUntil(lambda: not recent.picture(path).isNull())
    recent.clear()
    assert recent.paths() == []
    assert recent.picture(path).isNull()


def test_pictures_of_files_that_fell_out_go(tmp_path, qtbot):
    """The folder holds no more of them than the list has files."""
    recent = RecentFiles(Preferences())
    paths = [tmp_path / f"{i}.svg" for i in range(14)]
    recent.add(paths[0], drawing())
    qtbot.waitUntil(lambda: not recent.picture(paths[0]).isNull())
    for path in paths[1:]:
        recent.add(path, drawing())
    assert recent.picture(paths[0]).isNull()
    qtbot.waitUntil(lambda: not recent.picture(paths[-1]).isNull())
    assert recent.picture(paths[1]).isNull(), "out before it was painted"
    assert not recent.picture(paths[2]).isNull()


def test_menu_opens_what_was_used(loading, qtbot, tmp_path):
    """Opened and saved files are in the menu, with their pictures."""
    path = tmp_path / "a & b.sketch"
    native.save(drawing(), path)
    assert loading.window.files.open_path(path)
    loading.trigger("new")
    assert loading.ink == 0
    menu = loading.window.findChild(QObject, "recent_menu")
    menu.aboutToShow.emit()
    first = menu.actions()[0]
    assert "a && b.sketch" in first.text()
    assert not first.icon().isNull()
    first.trigger()
    assert loading.ink == 1
    assert loading.session.path == path


def test_samples_are_new_drawings(loading):
    """Each sample opens, has a title of its own and is never saved over."""
    assert len(samples()) == len(SAMPLES)
    for title, path in samples():
        loading.window.files.open_sample(path, title)
        assert loading.ink > 5
        assert loading.session.path is None
        assert loading.window.windowTitle().startswith(title)
        assert path.stat().st_size < 50_000


def test_a_picture_is_painted_after_the_drawing_is_shown(tmp_path, qtbot):
    """A large drawing is on the screen before its small picture takes time."""
    path = tmp_path / "a.svg"
    recent = RecentFiles(Preferences())
    path.touch()
    recent.add(path, drawing())
    assert recent.picture(path).isNull()
    qtbot.waitUntil(lambda: not recent.picture(path).isNull())
