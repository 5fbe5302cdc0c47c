"""Journals that a crash left are found once, by one window, and not for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke
from sketchstudio.recovery.journal import Draft, Journal
from sketchstudio.recovery.locks import Lock
from sketchstudio.recovery.places import KEPT_DAYS, Place, left_behind

INKED = Document((Layer("a", (Stroke.from_points([(1, 2)]),)),))


def leave(root: Path, draft: Draft) -> Path:
    """A journal as a killed process leaves it."""
    place = Place.make(root)
    writer = Journal(place.journal)
    writer.write(draft)
    writer.close()
    os.close(place._lock._descriptor)
    return place.folder


def test_what_is_left_is_found_latest_first_and_then_is_ours(tmp_path: Path) -> None:
    """Two windows that start at once never both offer the same drawing."""
    leave(tmp_path, Draft(INKED, "old", time=1.0))
    leave(tmp_path, Draft(INKED, "new", time=2.0))
    found = left_behind(tmp_path)
    assert [one.draft.name for one in found] == ["new", "old"]
    assert left_behind(tmp_path) == []
    found[0].place.release()
    assert [one.draft.name for one in left_behind(tmp_path)] == ["new"]
    found[1].place.delete()
    assert left_behind(tmp_path) == []


def test_a_running_windows_journal_is_left_alone(tmp_path: Path) -> None:
    """Of this process and of another, until that one is gone, however it goes."""
    mine = Place.make(tmp_path)
    writer = Journal(mine.journal)
    writer.write(Draft(INKED))
    writer.close()
    code = (
        "import sys, pathlib; from sketchstudio.recovery.places import *;"
        "from sketchstudio.core.document import Document;"
        "place = Place.make(pathlib.Path(sys.argv[1])); writer = journal.Journal(place.journal);"
        "writer.write(Draft(Document(), 'theirs')); print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert left_behind(tmp_path) == []
        process.kill()
    assert [one.draft.name for one in left_behind(tmp_path)] == ["theirs"]


def test_what_nobody_misses_goes(tmp_path: Path) -> None:
    """Saved drawings, empty folders and those older than a fortnight are removed."""
    saved = leave(tmp_path, Draft(INKED, dirty=False))
    old, kept = leave(tmp_path, Draft(INKED)), leave(tmp_path, Draft(INKED, "kept"))
    empty = tmp_path / "empty"
    empty.mkdir()
    day = 24 * 3600
    for folder, days in ((old, KEPT_DAYS + 1), (kept, KEPT_DAYS - 1)):
        os.utime(folder / "journal", times=(time.time() - days * day,) * 2)
    assert [one.draft.name for one in left_behind(tmp_path)] == ["kept"]
    assert [folder.exists() for folder in (saved, old, empty, kept)] == [False] * 3 + [True]


def test_what_cannot_be_read_is_kept(tmp_path: Path) -> None:
    """A later version or an expert may read it; the others are still offered."""
    bad, newer = leave(tmp_path, Draft(INKED)), leave(tmp_path, Draft(INKED))
    leave(tmp_path, Draft(INKED, "good"))
    (bad / "journal").write_bytes(b"noise")
    (newer / "journal").write_bytes(b"sketchstudio journal 9\n")
    assert [one.draft.name for one in left_behind(tmp_path)] == ["good"]
    assert (bad / "journal").exists()
    assert (newer / "journal").exists()


def test_no_folder_is_nothing_left(tmp_path: Path) -> None:
    """The first start of all."""
    assert left_behind(tmp_path / "none") == []


def test_a_lock_is_held_once_and_leaves_nothing(tmp_path: Path) -> None:
    """Whoever comes second gets none; after a release the next one does."""
    path = tmp_path / "lock"
    lock = Lock.take(path)
    assert lock is not None
    assert Lock.take(path) is None
    lock.release()
    assert not path.exists()
    again = Lock.take(path)
    assert again is not None
    again.release()
    again.release()
