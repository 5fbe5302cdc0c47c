"""The library: what is kept stays, whatever happens to its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.formats.code_files import read_codes
from sketchstudio.formats.errors import FormatError
from sketchstudio.state.code_library import CodeLibrary

CODE = np.arange(8, dtype=np.float32)
SKETCH = (np.array([[0, 0], [0.5, 0.5]], np.float32),)


@pytest.fixture
def path(qapp: object, tmp_path: Path) -> Path:
    return tmp_path / "deep" / "library.codes"


def names(library: CodeLibrary) -> list[str]:
    return [kept.name for kept in library.codes]


def test_kept_codes_are_there_the_next_time(path: Path) -> None:
    """The newest comes first; a name that is taken gets a number."""
    library = CodeLibrary(path)
    for name in ("whiskers", "whiskers", "  ears\n"):
        library.keep(name, CODE, SKETCH, "abc")
    again = CodeLibrary(path)
    assert names(again) == ["ears", "whiskers 2", "whiskers"]
    np.testing.assert_array_equal(again.codes[0].code, CODE)
    assert again.codes[0].encoder == "abc"


def test_rename_and_remove(path: Path, qtbot: QtBot) -> None:
    """Both last; an empty name changes nothing."""
    library = CodeLibrary(path)
    library.keep("a", CODE, SKETCH, "")
    library.keep("b", CODE, SKETCH, "")
    with qtbot.waitSignal(library.changed):
        library.rename(library.codes[1].id, "c")
    library.rename(library.codes[1].id, "   ")
    assert names(CodeLibrary(path)) == ["b", "c"]
    library.remove([library.codes[0].id])
    assert names(CodeLibrary(path)) == ["c"]


def test_two_apps_share_it(path: Path) -> None:
    """What another app kept meanwhile is not written over."""
    one, other = CodeLibrary(path), CodeLibrary(path)
    one.keep("mine", CODE, SKETCH, "")
    other.keep("yours", CODE, SKETCH, "")
    assert names(CodeLibrary(path)) == ["yours", "mine"]


def test_a_damaged_library_is_put_aside(path: Path) -> None:
    """The app starts with an empty one, and the old file is still there to be looked at."""
    path.parent.mkdir()
    path.write_bytes(b"not a library")
    library = CodeLibrary(path)
    assert library.codes == ()
    library.keep("new", CODE, SKETCH, "")
    assert names(CodeLibrary(path)) == ["new"]
    assert path.with_name("library.codes.damaged").read_bytes() == b"not a library"


def test_a_folder_that_cannot_be_written_is_told(path: Path, qtbot: QtBot) -> None:
    """The code can be used as long as the app runs, and the person knows."""
    path.parent.write_text("a file, no folder")
    library = CodeLibrary(path)
    with qtbot.waitSignal(library.failed) as told:
        library.keep("a", CODE, SKETCH, "")
    assert told.args[0].startswith("The code is not kept")
    assert names(library) == ["a"]


def test_codes_go_from_one_to_another(path: Path, tmp_path: Path) -> None:
    """A shared file brings its codes once, however often it is taken in."""
    giver, taker = CodeLibrary(path), CodeLibrary()
    giver.keep("a", CODE, SKETCH, "abc")
    giver.keep("b", CODE, (), "abc")
    shared = tmp_path / "shared.codes"
    giver.share(shared)
    assert [kept.name for kept in read_codes(shared)] == ["b", "a"]
    assert taker.take_in(shared) == 2
    assert taker.take_in(shared) == 0
    assert names(taker) == ["b", "a"]


def test_a_hostile_file_changes_nothing(path: Path, tmp_path: Path) -> None:
    """What is no file of codes is refused, and the library is as it was."""
    library = CodeLibrary(path)
    library.keep("a", CODE, SKETCH, "")
    bad = tmp_path / "bad.codes"
    bad.write_bytes(b"\x80\x04\x95 evil pickle")
    with pytest.raises(FormatError, match=r"bad\.codes"):
        library.take_in(bad)
    assert names(CodeLibrary(path)) == ["a"]
