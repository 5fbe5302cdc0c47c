"""Files are written whole or not at all, and the place is named when they cannot be."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sketchstudio.formats.safe_write import WriteError, backup_of, begin_sync, safe_write
from sketchstudio.formats.temporary import sweep
from tests.helpers.disk import Disk


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """An export that breaks off must not cost the person the last good one."""
    path = tmp_path / "drawing.svg"
    path.write_bytes(b"old")

    def break_off() -> None:
        with safe_write(path) as file:
            file.write(b"half")
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        break_off()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    """A program that watches the folder never reads half a drawing."""
    path = tmp_path / "drawing.svg"
    with safe_write(path) as file:
        file.write(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["no folder/drawing.svg", "", "file.txt/drawing.svg"])
def test_an_unwritable_place_is_named(tmp_path: Path, place: str) -> None:
    """A missing folder, a folder in the file's place and a file in the folder's."""
    (tmp_path / "file.txt").write_text("kept")
    with pytest.raises(WriteError, match="cannot write") as raised, safe_write(tmp_path / place):
        pass
    assert str(tmp_path / place) in str(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


@pytest.mark.skipif(os.name != "posix", reason="links and permissions as on POSIX")
def test_links_and_permissions_stay(tmp_path: Path) -> None:
    """Saving through a link changes the drawing it leads to, not the link."""
    real, link = tmp_path / "real.sketch", tmp_path / "link.sketch"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    with safe_write(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """What the system says of the disk reaches the person with the file's name."""
    with (
        pytest.raises(WriteError, match=r"cannot write /dev/full: No space"),
        safe_write(Path("/dev/full")) as file,
    ):
        file.write(b"x" * 100_000)


def test_an_error_of_another_file_is_not_blamed_on_this_one(tmp_path: Path) -> None:
    """The file that is read fails while the result is written: the message names the first."""
    with pytest.raises(FileNotFoundError) as raised, safe_write(tmp_path / "out.svg"):
        (tmp_path / "in.ndjson").open()
    assert raised.value.filename == str(tmp_path / "in.ndjson")
    assert not list(tmp_path.iterdir())


def test_one_backup_is_kept(tmp_path: Path) -> None:
    """The version before the last one, through a link as well; a new file has none."""
    real, link = tmp_path / "real.sketch", tmp_path / "link.sketch"
    link.symlink_to(real)
    for text in (b"one", b"two", b"three"):
        with safe_write(link, backup=True) as file:
            file.write(text)
    assert backup_of(link) == tmp_path / "real.sketch~"
    assert (real.read_bytes(), backup_of(link).read_bytes()) == (b"three", b"two")
    assert {path.name for path in tmp_path.iterdir()} == {
        "real.sketch",
        "real.sketch~",
        "link.sketch",
    }


def test_the_backup_survives_a_write_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the disk runs full, the file and its backup are whole and nothing else is left."""
    disk, path = Disk(monkeypatch), tmp_path / "a.sketch"
    for text in (b"one", b"two"):
        with safe_write(path, backup=True) as file:
            file.write(text)
    for room in range(5):
        disk.room = room
        with pytest.raises(WriteError) as raised, safe_write(path, backup=True) as file:
            file.write(b"three")
        assert raised.value.errno == errno.ENOSPC
        assert (path.read_bytes(), backup_of(path).read_bytes()) == (b"two", b"one")
        assert len(list(tmp_path.iterdir())) == 2


def test_no_room_for_links_costs_no_saving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file can have one name only, the backup is a copy."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a.sketch"
    for text in (b"one", b"two"):
        with safe_write(path, backup=True) as file:
            file.write(text)
    assert (path.read_bytes(), backup_of(path).read_bytes()) == (b"two", b"one")


LIVE = """
import sys, time
from pathlib import Path
from sketchstudio.formats.safe_write import safe_write
with safe_write(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    time.sleep(600)
"""


def test_a_sync_that_was_begun_changes_nothing(tmp_path: Path) -> None:
    """It is only the disk that begins earlier."""
    with safe_write(tmp_path / "a.sketch") as file:
        file.write(b"new" * 10_000)
        begin_sync(file)
        assert not (tmp_path / "a.sketch").exists()
        file.write(b"er")
    assert (tmp_path / "a.sketch").read_bytes() == b"new" * 10_000 + b"er"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a file as long as it is open")
def test_what_a_killed_writer_left_goes(tmp_path: Path) -> None:
    """With the next saving there; that of a writer that lives, in another process, stays."""
    path = tmp_path / "a.sketch"
    command = [sys.executable, "-c", LIVE, str(path)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"writing\n"
        assert len(list(tmp_path.glob(".*.tmp"))) == 2
        writers[0].kill()
        writers[0].wait()
        with safe_write(path) as file:
            file.write(b"whole")
        assert len(list(tmp_path.glob(".*.tmp"))) == 1
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"whole"


def test_of_another_machine_only_what_is_old_goes(tmp_path: Path) -> None:
    """On a network folder its lock may not be seen; files of others are never touched."""
    other, old, strange = (
        tmp_path / name
        for name in (".sketchstudio-feedbeef-1.tmp", ".sketchstudio-feedbeef-2.tmp", ".x.tmp")
    )
    for path in (other, old, strange):
        path.touch()
    for path in (old, strange):
        os.utime(path, (0, 0))
    sweep(tmp_path)
    assert set(tmp_path.iterdir()) == {other, strange}
    sweep(tmp_path / "gone")
