"""Saving goes on beside the pen, and whatever stops it leaves the drawing open and dirty."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from sketchstudio.core.document import View
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke
from sketchstudio.formats import native
from sketchstudio.formats.temporary import temporary_beside
from sketchstudio.recovery.locks import Lock
from sketchstudio.state import saving
from sketchstudio.state.saving import Saved, Saving, explain, look_at
from sketchstudio.state.session import Session
from tests.helpers.disk import Disk


class Studio:
    """A session, what saves it, and what came of it."""

    def __init__(self, folder: Path) -> None:
        self.session = Session()
        self.saving = Saving(self.session, folder / "locks")
        self.results: list[Saved] = []
        self.saving.finished.connect(self.results.append)
        self.path = folder / "a.sketch"

    def draw(self) -> None:
        ink = Stroke.from_points([(1, 2), (3, 4)])
        self.session.execute(add_strokes(self.session.active_layer, [ink], "Draw"))

    def open(self) -> None:
        seen = look_at(self.path)
        self.session.load(native.load(self.path), self.path)
        self.saving.remember(seen)


@pytest.fixture
def studio(qapp, tmp_path):
    return Studio(tmp_path)


def strokes(path: Path) -> int:
    return len(list(native.load(path).strokes()))


def test_the_pen_goes_on_while_it_is_saved(studio, monkeypatch):
    """What is drawn meanwhile is not saved, and the drawing says so; undone, it is clean."""
    studio.draw()
    save = native.save

    def save_slowly(document, path):
        assert studio.session.dirty, "until it is safe"
        studio.saving._written.emit  # noqa: B018 - alive in this thread
        save(document, path)

    monkeypatch.setattr(native, "save", save_slowly)
    studio.saving.save(studio.path)
    studio.draw()
    assert studio.session.dirty
    assert studio.saving.wait()
    assert strokes(studio.path) == 1
    assert studio.session.dirty
    studio.session.undo()
    assert not studio.session.dirty


def test_saves_follow_one_another(studio):
    """The last one wins, whatever the disk does."""
    for _ in range(5):
        studio.draw()
        studio.saving.save(studio.path)
    assert studio.saving.wait()
    assert strokes(studio.path) == 5
    assert len(studio.results) == 5
    assert not studio.session.dirty


def test_the_view_goes_into_the_file(studio):
    """How the page is shown is saved without making the drawing another."""
    studio.draw()
    studio.saving.save(studio.path, replace(studio.session.whole, view=View(1, 2, 3, 4)))
    assert studio.saving.wait()
    assert native.load(studio.path).view == View(1, 2, 3, 4)
    assert not studio.session.dirty


def full(studio, monkeypatch):
    Disk(monkeypatch).room = 100


def vanished(studio, monkeypatch):
    studio.path = studio.path.parent / "gone" / "a.sketch"


def read_only(studio, monkeypatch):
    def refuse(*_: object) -> bool:
        return False

    studio.path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", refuse)


def read_only_folder(studio, monkeypatch):
    open_path = Path.open

    def refuse(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if mode == "wb":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return open_path(path, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", refuse)


def too_large(studio, monkeypatch):
    monkeypatch.setattr(native, "MAX_STROKES", 0)


def locked(studio, monkeypatch):
    other = Session()
    other_saving = Saving(other, studio.path.parent / "locks", parent=other)
    native.save(other.document, studio.path)
    other.load(other.document, studio.path)
    assert other_saving.is_ours
    studio.other = other


def broken(studio, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("no such ink")

    monkeypatch.setattr(native, "save", fail)


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        (full, "disk is full"),
        (vanished, "not there any more"),
        (read_only, "Nothing may be written there"),
        (read_only_folder, "Nothing may be written there"),
        (too_large, "too large: the drawing has 1 strokes; a file holds up to 0. Move some"),
        (locked, "open in another window"),
        (broken, "no such ink"),
    ],
)
def test_trouble_leaves_the_drawing_open_and_dirty(studio, monkeypatch, trouble, line):
    """One clear line for each, with what to do; what was in the file stays."""
    studio.draw()
    trouble(studio, monkeypatch)
    before = studio.path.read_bytes() if studio.path.exists() else None
    studio.saving.save(studio.path)
    assert not studio.saving.wait()
    (saved,) = studio.results
    assert line in explain(saved.error)
    assert "\n" not in explain(saved.error)
    assert studio.session.dirty
    assert studio.session.path is None
    assert len(list(studio.session.document.strokes())) == 1
    assert (studio.path.read_bytes() if studio.path.exists() else None) == before


def test_after_trouble_it_can_be_saved_elsewhere(studio, tmp_path, monkeypatch):
    """The way on that the message names."""
    studio.draw()
    studio.saving.save(tmp_path / "gone" / "a.sketch")
    assert not studio.saving.wait()
    studio.saving.save(studio.path)
    assert studio.saving.wait()
    assert not studio.session.dirty
    assert studio.session.path == studio.path


def test_a_file_is_one_windows_at_a_time(qapp, tmp_path):
    """The second may look, and save once the first has gone on to another file."""
    one, other = Studio(tmp_path), Studio(tmp_path)
    one.draw()
    one.saving.save(one.path)
    assert one.saving.wait()
    other.open()
    assert not other.saving.is_ours
    other.draw()
    other.saving.save(one.path)
    assert not other.saving.wait()
    one.saving.save(tmp_path / "b.sketch")
    assert one.saving.wait()
    other.saving.save(one.path)
    assert other.saving.wait()
    assert strokes(one.path) == 2
    other.saving.close()
    one.saving.close()
    assert list((tmp_path / "locks").iterdir()) == []


def test_newer_work_of_another_window_stays(qapp, tmp_path):
    """Who opened a file before another window changed it may save elsewhere, or when asked."""
    one, other = Studio(tmp_path), Studio(tmp_path)
    one.saving.save(one.path)
    assert one.saving.wait()
    other.open()
    one.draw()
    one.draw()
    one.saving.save(one.path)
    assert one.saving.wait()
    one.saving.close()
    other.draw()
    other.saving.save(other.path)
    assert not other.saving.wait()
    assert "changed by another program or window" in explain(other.results[-1].error)
    assert "\n" not in explain(other.results[-1].error)
    assert other.session.dirty
    assert strokes(one.path) == 2
    other.saving.save(other.path, may_replace=True)
    assert other.saving.wait()
    other.draw()
    other.saving.save(other.path)
    assert other.saving.wait(), "it is its own again"
    assert strokes(one.path) == 2
    assert not other.session.dirty


def test_a_file_that_vanished_is_written_again(studio):
    """Nobody's work is lost by that."""
    studio.saving.save(studio.path)
    assert studio.saving.wait()
    studio.path.unlink()
    studio.draw()
    studio.saving.save(studio.path)
    assert studio.saving.wait()
    assert strokes(studio.path) == 1


def test_a_place_without_locks_stops_nobody(studio, monkeypatch):
    """Some network folders know none; saving goes on."""

    def refuse(_: Path) -> Lock:
        raise OSError("no locks here")

    monkeypatch.setattr(saving.Lock, "take", refuse)
    studio.draw()
    studio.saving.save(studio.path)
    assert studio.saving.wait()
    assert strokes(studio.path) == 1


def test_what_a_crash_left_beside_a_file_goes_when_it_is_opened(studio, qtbot):
    """In a thread: a network folder may take its time."""
    studio.draw()
    native.save(studio.session.document, studio.path)
    left = temporary_beside(studio.path)
    left.write_bytes(b"half")
    studio.session.load(native.load(studio.path), studio.path)
    qtbot.waitUntil(lambda: not left.exists())
    assert strokes(studio.path) == 1
