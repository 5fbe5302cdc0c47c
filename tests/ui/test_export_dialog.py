"""What the export dialog shows is what it writes, in every kind."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers.renderers import pixels
from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from sketchstudio.core.document import Document, Layer, Page, Pattern
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.formats import svg_read
from sketchstudio.formats.export_options import Area, ExportOptions, Unit
from sketchstudio.state.background import Step
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.ui import export_picture
from sketchstudio.ui.dialogs.export import ExportDialog
from sketchstudio.ui.dialogs.export_fields import Choice, ExportKind
from sketchstudio.ui.export_picture import pdf_bytes, png_bytes

pytestmark = pytest.mark.usefixtures("qapp")

RED = Stroke.from_points([[20, 20], [120, 60], [20, 100]], StrokeStyle("#dc2626", 6, False))
THIN = Stroke.from_points([[40, 120], [160, 120]], StrokeStyle("#2563eb", 8))
PAPER = Page("#fff8e0", Pattern.GRID, 20, (200, 160))
DRAWING = Document((Layer("Ink", (RED,)), Layer("More", (THIN,), opacity=0.5)), PAPER)


class Shown:
    """A dialog on the drawing, and where it was told to write."""

    def __init__(self, qtbot: QtBot, path: Path, choice: Choice, document: Document = DRAWING):
        self.session = Session()
        self.session.load(document)
        self.session.set_active_layer(document.layers[0].id)
        self.preferences = Preferences()
        self.preferences.values.export = choice.to_text()
        self.asked: list[str] = []
        self.path = path
        self.qtbot = qtbot

    def open(self) -> ExportDialog:
        def ask(ending: str, _kinds: str) -> Path:
            self.asked.append(ending)
            return self.path

        self.dialog = ExportDialog(self.session, self.preferences, ask)
        self.dialog.show()
        return self.dialog

    def export(self) -> None:
        with self.qtbot.waitSignal(self.dialog.written, timeout=30_000):
            self.dialog.button.click()


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (ExportKind.SVG, b"<?xml"),
        (ExportKind.PNG, b"\x89PNG"),
        (ExportKind.PDF, b"%PDF"),
        (ExportKind.REPLAY, b"<?xml"),
    ],
)
def test_each_kind_is_written(qtbot: QtBot, tmp_path: Path, kind: ExportKind, begins: bytes):
    """The file is of its kind, and the choice is remembered for the next time."""
    path = tmp_path / f"a{kind.ending}"
    shown = Shown(qtbot, path, Choice(kind, options=ExportOptions(margin=7)))
    shown.open()
    shown.export()
    assert path.read_bytes().startswith(begins)
    assert shown.asked == [kind.ending]
    remembered = Choice.from_text(shown.preferences.values.export)
    assert (remembered.kind, remembered.options.margin) == (kind, 7)
    assert (b"<animate" in path.read_bytes()) == (kind == ExportKind.REPLAY)


def test_the_controls_say_what_is_written(qtbot: QtBot, tmp_path: Path):
    """Curves, outlines, unit, background and the drawing within, all through the controls."""
    path = tmp_path / "a.svg"
    shown = Shown(qtbot, path, Choice())
    fields = shown.open().fields
    fields.tolerance.setValue(1)
    fields.unit.setCurrentIndex(fields.unit.findData(Unit.MM))
    fields.ground.setCurrentIndex(fields.ground.findData("paper"))
    fields.shapes.setCurrentIndex(fields.shapes.findData(True))
    fields.layers.setChecked(False)
    fields.embed.setChecked(True)
    qtbot.waitUntil(lambda: "nodes" in shown.dialog.told.text(), timeout=30_000)
    shown.export()
    text = path.read_text()
    assert 'width="52.9167mm"' in text
    assert 'id="paper"' in text
    assert "stroke-width" not in text
    assert "inkscape:groupmode" not in text
    assert svg_read.load(path).whole


def test_the_selection_alone(qtbot: QtBot, tmp_path: Path):
    """What is selected is what one means to export, and nothing beside it is in the file."""
    path = tmp_path / "a.svg"
    shown = Shown(qtbot, path, Choice())
    shown.session.select([RED.id])
    assert shown.open().fields.area.currentData() == "selection"
    shown.export()
    text = path.read_text()
    assert "#dc2626" in text
    assert "#2563eb" not in text
    view = [float(n) for n in re.findall(r'viewBox="([^"]+)"', text)[0].split()]
    assert view[3] < 110


def test_an_empty_page_says_so(qtbot: QtBot, tmp_path: Path):
    """There is nothing to press, and a line instead of the picture."""
    dialog = Shown(qtbot, tmp_path / "a.svg", Choice(), Document()).open()
    qtbot.waitUntil(lambda: not dialog.button.isEnabled())
    dialog.reject()


def test_a_place_that_cannot_be_written(qtbot: QtBot, tmp_path: Path):
    """The dialog stays, and says why in a line."""
    shown = Shown(qtbot, tmp_path / "none" / "a.png", Choice(ExportKind.PNG))
    dialog = shown.open()
    with qtbot.waitSignal(dialog.refused) as refused:
        dialog.button.click()
    assert "cannot write" in refused.args[1]
    assert dialog.isVisible()
    dialog.reject()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Pictures are not finished before this is set; until then they take a step now and then."""
    may_end = threading.Event()
    real = export_picture.write_picture

    def write(document: Document, path: Path, options: ExportOptions, step: Step) -> None:
        step(0.4)
        while not may_end.wait(0.01):
            step(0.5)
        real(document, path, options, step)

    monkeypatch.setattr("sketchstudio.ui.dialogs.export.write_picture", write)
    yield may_end
    may_end.set()


def test_the_window_goes_on_while_a_picture_is_written(
    qtbot: QtBot, tmp_path: Path, slow: threading.Event
):
    """Progress is shown, nothing can be changed meanwhile, and then it is there."""
    shown = Shown(qtbot, tmp_path / "a.png", Choice(ExportKind.PNG))
    dialog = shown.open()
    dialog.button.click()
    qtbot.waitUntil(lambda: dialog.bar.value() == 50)
    assert dialog.bar.isVisible()
    assert not dialog.fields.isEnabled()
    assert not dialog.button.isEnabled()
    assert not [*tmp_path.iterdir()]
    with qtbot.waitSignal(dialog.written):
        slow.set()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_writing_can_be_stopped(qtbot: QtBot, tmp_path: Path, slow: threading.Event):
    """What was there before is still there; the dialog is, too, and another try succeeds."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"before")
    shown = Shown(qtbot, path, Choice(ExportKind.PDF))
    dialog = shown.open()
    dialog.button.click()
    qtbot.waitUntil(lambda: dialog.bar.value() == 50)
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.fields.isEnabled()
    assert not dialog.bar.isVisible()
    assert "nothing was written" in dialog.told.text()
    slow.set()
    assert path.read_bytes() == b"before"
    assert [*tmp_path.iterdir()] == [path]
    shown.export()
    assert path.read_bytes().startswith(b"%PDF")


def test_closing_waits_for_what_is_written(qtbot: QtBot, tmp_path: Path, slow: threading.Event):
    """Whoever quits meanwhile has a whole file."""
    shown = Shown(qtbot, tmp_path / "a.png", Choice(ExportKind.PNG))
    dialog = shown.open()
    dialog.button.click()
    qtbot.waitUntil(lambda: dialog.bar.value() == 50)
    QTimer.singleShot(0, slow.set)
    dialog.finish()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert not dialog.is_writing


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"kind": "gif"}', '{"margin": 1e999}'])
def test_what_was_remembered_may_be_anything(text: str):
    """Settings are a file that anyone may edit."""
    assert Choice.from_text(text) == Choice()


def test_png_is_transparent_or_on_paper():
    """Scaled as asked for; nothing behind the ink, or the paper with what is printed on it."""
    options = ExportOptions(scale=2)
    clear = QImage.fromData(QByteArray(png_bytes(DRAWING, options)))
    assert (clear.width(), clear.height()) == (400, 320)
    assert clear.pixelColor(2, 2).alpha() == 0
    assert (clear.pixelColor(44, 41).name(), clear.pixelColor(44, 41).alpha()) == ("#dc2626", 255)
    on_paper = QImage.fromData(
        QByteArray(png_bytes(DRAWING, ExportOptions(background=True, pattern=True)))
    )
    assert on_paper.pixelColor(10, 10).name() == "#fff8e0"
    assert on_paper.pixelColor(40, 90).name() != "#fff8e0", "a line of the grid"
    with pytest.raises(SketchError, match="too many"):
        png_bytes(DRAWING, ExportOptions(scale=100))


def test_pdf_is_vector_and_looks_alike(tmp_path: Path, qtbot: QtBot):
    """No picture within, the page's size, and pixels as the canvas has them."""
    data = pdf_bytes(DRAWING, ExportOptions(background=True))
    assert b"/Subtype /Image" not in data
    assert re.search(rb"/MediaBox \[0 0 150(\.0*)? 120(\.0*)?\]", data)
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        pytest.skip("needs Ghostscript to draw the PDF")
    path, page = tmp_path / "a.pdf", tmp_path / "a.png"
    path.write_bytes(data)
    smooth = ["-r96", "-dGraphicsAlphaBits=4", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-q"]
    command = [ghostscript, "-sDEVICE=png16m", *smooth, f"-sOutputFile={page}", str(path)]
    subprocess.run(command, check=True, timeout=600)
    theirs = pixels(QImage(str(page)))
    ours = pixels(QImage.fromData(QByteArray(png_bytes(DRAWING, ExportOptions(background=True)))))
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).mean() < 1.5


def test_the_view_of_an_endless_page():
    """Where there are no edges the page is the drawing, with a margin."""
    endless = Document((Layer(strokes=(RED,)),))
    view = ExportOptions(margin=0).view(endless)
    assert (view.left, view.top, view.bottom) == pytest.approx((17, 17, 103), abs=0.5)
    options = ExportOptions(area=Area.DRAWING, margin=5)
    assert options.view(DRAWING).left < 17
