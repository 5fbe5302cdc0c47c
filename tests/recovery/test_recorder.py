"""The recorder's thread: the latest draft reaches the disk, and trouble is told once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke
from sketchstudio.recovery import journal, recorder
from sketchstudio.recovery.journal import Draft, Journal
from sketchstudio.recovery.places import left_behind
from sketchstudio.recovery.recorder import Recorder
from tests.helpers.disk import Disk


def draft(name: str, dirty: bool = True) -> Draft:
    return Draft(Document((Layer("a", (Stroke.from_points([(1, 2)]),)),)), name, dirty=dirty)


def test_the_latest_is_kept_for_the_next_start(tmp_path: Path) -> None:
    """However many were noted in between."""
    keeper = Recorder(tmp_path)
    for number in range(50):
        keeper.note(draft(str(number)))
    assert keeper.flush(60)
    assert left_behind(tmp_path) == [], "it is still ours"
    keeper.close(keep=True)
    (found,) = left_behind(tmp_path)
    assert found.draft.name == "49"


def test_closing_writes_what_is_pending_or_leaves_nothing(tmp_path: Path) -> None:
    """An end without a question keeps the last stroke; a drawing that is done with goes."""
    keeper = Recorder(tmp_path)
    keeper.note(draft("last"))
    keeper.close(keep=True)
    keeper.note(draft("too late"))
    assert [one.draft.name for one in left_behind(tmp_path)] == ["last"]
    other = Recorder(tmp_path / "other")
    other.note(draft("gone"))
    assert other.flush(60)
    other.close(keep=False)
    assert list((tmp_path / "other").iterdir()) == []


def test_a_drawing_as_it_was_saved_needs_no_journal(tmp_path: Path) -> None:
    """Looking at a file writes nothing; after its first edit, saving is noted, too."""
    keeper = Recorder(tmp_path / "journals")
    keeper.note(draft("opened", dirty=False))
    assert keeper.flush(60)
    assert not (tmp_path / "journals").exists()
    keeper.note(draft("edited"))
    assert keeper.flush(60)
    keeper.note(draft("saved", dirty=False))
    keeper.close(keep=True)
    assert left_behind(tmp_path / "journals") == []


def test_trouble_is_told_once_and_overcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: one line, then the last draft is written as soon as there is room."""
    monkeypatch.setattr(recorder, "RETRY", 0.01)
    disk, lines, told = Disk(monkeypatch), [], threading.Event()

    def tell(line: str) -> None:
        lines.append(line)
        told.set()

    keeper = Recorder(tmp_path, tell)
    disk.room = 30
    keeper.note(draft("lost?"))
    assert told.wait(60)
    assert not keeper.flush(0.1)
    disk.room = 1 << 40
    assert keeper.flush(60)
    keeper.close(keep=True)
    assert len(lines) == 2
    assert "No space left" in lines[0]
    assert lines[1] == ""
    assert [one.draft.name for one in left_behind(tmp_path)] == ["lost?"]


def test_a_disk_that_loses_what_it_took_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of the disk comes after the write: it is told, and the draft written whole."""
    monkeypatch.setattr(recorder, "RETRY", 0.01)
    disk, lines, told = Disk(monkeypatch), [], threading.Event()

    def tell(line: str) -> None:
        lines.append(line)
        told.set()

    keeper = Recorder(tmp_path, tell)
    keeper.note(draft("one"))
    assert keeper.flush(60)
    disk.syncs = 0
    keeper.note(draft("two"))
    assert told.wait(60)
    disk.syncs = 1 << 40
    assert keeper.flush(60)
    keeper.close(keep=True)
    assert "Input/output error" in lines[0]
    assert lines[-1] == ""
    assert [one.draft.name for one in left_behind(tmp_path)] == ["two"]


def test_a_disk_that_fails_while_the_next_is_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system says once that it lost something; a write that ends after that hides nothing."""
    monkeypatch.setattr(recorder, "RETRY", 0.01)
    syncing, writing, sync, write = (
        threading.Event(),
        threading.Event(),
        Journal.sync,
        Journal.write,
    )
    lines: list[str] = []

    def sync_failing_once(journal: Journal) -> None:
        if not syncing.is_set():
            syncing.set()
            assert writing.wait(60)
            raise OSError("Input/output error")
        sync(journal)

    def write_past_the_failure(journal: Journal, draft: Draft) -> None:
        if draft.name == "two" and not writing.is_set():
            writing.set()
            with keeper._change:
                assert keeper._change.wait_for(lambda: keeper._lost, 60)
        write(journal, draft)

    monkeypatch.setattr(Journal, "sync", sync_failing_once)
    monkeypatch.setattr(Journal, "write", write_past_the_failure)
    keeper = Recorder(tmp_path, lines.append)
    keeper.note(draft("one"))
    assert syncing.wait(60)
    keeper.note(draft("two"))
    assert keeper.flush(60)
    keeper.close(keep=True)
    assert lines == ["Input/output error", ""]
    assert [one.draft.name for one in left_behind(tmp_path)] == ["two"]


def test_a_slow_disk_does_not_hold_up_what_is_drawn_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the disk takes its time over one draft, the next one is written all the same."""
    waiting, go_on, sync = threading.Event(), threading.Event(), Journal.sync

    def slowly(journal: Journal) -> None:
        waiting.set()
        assert go_on.wait(60)
        sync(journal)

    monkeypatch.setattr(Journal, "sync", slowly)
    keeper = Recorder(tmp_path)
    keeper.note(draft("one"))
    assert waiting.wait(60)
    keeper.note(draft("two"))
    (folder,) = tmp_path.iterdir()
    for _ in range(6000):
        if journal.read(folder / "journal").name == "two":
            break
        threading.Event().wait(0.01)
    else:
        pytest.fail("it was not written")
    assert not keeper.flush(0.05)
    go_on.set()
    assert keeper.flush(60)
    keeper.close(keep=False)
