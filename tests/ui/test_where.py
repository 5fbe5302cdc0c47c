"""Asking where to: the ending is filled in, and no file is lost unasked, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from sketchstudio.core.document import Document
from sketchstudio.recovery.journal import Draft
from sketchstudio.recovery.places import LeftBehind, Place
from sketchstudio.ui.dialogs.animation import AnimationDialog, Film
from sketchstudio.ui.dialogs.recovery import RecoveryDialog
from sketchstudio.ui.dialogs.teach import TeachWindow
from sketchstudio.ui.dialogs.turing_test import TuringTestDialog
from sketchstudio.ui.dialogs.where import ask_where, file_name, folder_for_files
from tests.ui.conftest import Studio

KINDS = {".csv": "Table", ".json": "JSON"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nobody may replace anything; what was asked about."""
    questions: list[str] = []

    def no(*told: object) -> QMessageBox.StandardButton:
        questions.append(str(told[-1]))
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", no)
    return questions


@pytest.mark.parametrize(
    ("said", "kind", "meant"),
    [
        ("a", "", "a.csv"),
        ("a", "JSON (*.json)", "a.json"),
        ("a", "All files (*)", "a.csv"),
        ("a.JSON", "Table (*.csv)", "a.JSON"),
        ("Dr. Who", "Table (*.csv)", "Dr. Who.csv"),
        ("", "", None),
    ],
)
def test_the_ending_is_filled_in(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: str, kind: str, meant: str | None
) -> None:
    """One of the kinds that can be written, whatever was typed."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (said, kind))
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_where(parent, "Save", Path("a"), KINDS) == (meant and Path(meant))


@pytest.mark.parametrize(
    ("title", "name"),
    [("cat + pig", "cat + pig"), ("../../etc/x", "etcx"), ("a/b:c", "abc"), ("///", "drawing")],
)
def test_a_title_is_no_path(title: str, name: str) -> None:
    """A drawing's title, which may come from a file, names a file and no folder."""
    assert file_name(title) == name


def test_it_begins_in_a_folder_that_is_there(tmp_path: Path) -> None:
    """A folder that is gone would begin anywhere."""
    assert folder_for_files(str(tmp_path)) == tmp_path
    assert folder_for_files(str(tmp_path / "gone")) == folder_for_files("") == Path.home()


def teach(studio: Studio) -> None:
    studio.trigger("teach")
    window = studio.window.findChild(TeachWindow)
    assert window is not None
    window.file.click()
    window.close()


def take_turing_test(studio: Studio) -> None:
    studio.trigger("turing_test")
    dialog = studio.window.findChild(TuringTestDialog)
    assert dialog is not None
    dialog._ask_file()
    dialog.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda studio: studio.trigger("open"),
        lambda studio: studio.trigger("import_picture"),
        lambda studio: studio.window._blend.import_codes(),
        teach,
        take_turing_test,
    ],
    ids=["open", "import picture", "import codes", "teach", "turing test"],
)
def test_a_file_is_looked_for_where_the_last_one_was(
    loading: Studio,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ask: Callable[[Studio], None],
) -> None:
    """Whoever asks begins in the folder used last, and the next one in what is chosen there."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    begun: list[str] = []

    def choose(*told: object) -> tuple[str, str]:
        begun.append(str(told[2]))
        return str(there / "missing.ndjson"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: None)
    loading.settings.last_folder = str(here)
    ask(loading)
    assert begun == [str(here)]
    assert loading.settings.last_folder == str(there)


def export_codes(studio: Studio, folder: Path) -> str:
    studio.window._blend.export_codes()
    return ".codes"


def export_animation(studio: Studio, folder: Path) -> str:
    dialog = AnimationDialog(Film(), "", "cat", studio.window)
    dialog.chosen.connect(lambda path, _: path.write_text("lost"))
    dialog._on_save()
    return ".gif"


def save_answers(studio: Studio, folder: Path) -> str:
    studio.trigger("turing_test")
    dialog = studio.window.findChild(TuringTestDialog)
    assert dialog is not None
    dialog._ask_where()
    dialog.close()
    return ".csv"


def save_recovered(studio: Studio, folder: Path) -> str:
    place = Place.make(folder / "recovery")
    found = LeftBehind(Draft(Document(), "", None, True, 0.0), place)
    dialog = RecoveryDialog([found], studio.window)
    dialog.save_as.click()
    dialog.reject()
    return ".sketch"


def save_as(studio: Studio, folder: Path) -> str:
    studio.trigger("save_as")
    studio.window.files.finish()
    return ".sketch"


@pytest.mark.parametrize(
    "write", [export_codes, export_animation, save_answers, save_recovered, save_as]
)
def test_no_file_is_lost_by_its_ending(
    loading: Studio,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[str],
    write: Callable[[Studio, Path], str],
) -> None:
    """The dialog asked about "cat" only, so "cat" with the ending is asked about."""
    kept = [tmp_path / f"cat{end}" for end in (".codes", ".gif", ".csv", ".sketch")]
    for path in kept:
        path.write_text("kept")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "cat"), ""))
    ending = write(loading, tmp_path)
    assert [path.read_text() for path in kept] == ["kept"] * 4
    assert asked == [f"cat{ending} exists. Replace it?"]
