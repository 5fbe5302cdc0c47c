"""Files are written whole or not at all, and the place is named when they cannot be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sketchstudio.formats.safe_write import WriteError, safe_write


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
