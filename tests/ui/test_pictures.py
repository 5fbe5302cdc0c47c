"""Pictures in the window: they come in by every door, and what is done with them is undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from sketchstudio.core.document import Document, Page
from sketchstudio.core.picture import Picture
from sketchstudio.core.stroke import Origin
from sketchstudio.formats import native
from sketchstudio.ui.dialogs.picture import PictureDialog
from tests.ui.conftest import Studio


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A photo of a house: box and roof."""
    pixels = np.full((300, 400, 3), 235, np.uint8)
    cv2.rectangle(pixels, (100, 140), (300, 280), (40, 30, 30), 4, cv2.LINE_AA)
    roof = np.array([[80, 140], [200, 40], [320, 140]])
    cv2.polylines(pixels, [roof], False, (40, 30, 30), 4, cv2.LINE_AA)
    shade = np.linspace(0.4, 1, 400)[None, :, None]
    path = tmp_path / "house.png"
    assert cv2.imwrite(str(path), (pixels * shade).astype(np.uint8))
    return path


def dialog_of(studio: Studio, qtbot: QtBot) -> PictureDialog:
    dialog = studio.window.findChild(PictureDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.finder.busy)
    return dialog


def opened(studio: Studio, qtbot: QtBot, path: Path) -> PictureDialog:
    studio.window.files.open_instead(path)
    return dialog_of(studio, qtbot)


def test_traced_to_ink_is_one_step(ready: Studio, qtbot: QtBot, house: Path):
    """The lines become strokes of the person's, in the middle of what is seen; undo takes all."""
    before = ready.session.document
    dialog = opened(ready, qtbot, house)
    dialog.weight.setValue(10)
    dialog.ink.click()
    strokes = list(ready.session.document.strokes())
    assert strokes
    assert all(s.style.width == 5 and s.origin is Origin.USER for s in strokes)
    ink, seen = ready.session.document.bounds, ready.window.canvas.visible_page_rect()
    assert ink is not None
    assert seen.left < ink.left < ink.right < seen.right
    assert seen.top < ink.top < ink.bottom < seen.bottom
    assert ready.session.selected_ids == {stroke.id for stroke in strokes}
    ready.trigger("undo")
    assert ready.session.document == before
    assert not ready.enabled("undo")


def test_redrawn_is_a_proposal_in_its_place(ready: Studio, qtbot: QtBot, house: Path):
    """The model's version is ghost ink first; accepted, it is one step, and the model's."""
    dialog = opened(ready, qtbot, house)
    lines = np.concatenate(dialog.lines)
    dialog.redraw.click()
    qtbot.waitUntil(lambda: bool(ready.proposals.strokes) and not ready.proposals.is_drawing)
    assert ready.ink == 0
    ready.trigger("accept")
    strokes = list(ready.session.document.strokes())
    assert strokes
    assert all(stroke.origin is Origin.MODEL for stroke in strokes)
    ink = np.concatenate([stroke.points for stroke in strokes])
    middle = (lines.min(axis=0) + lines.max(axis=0)) / 2
    assert np.abs(ink[0] - middle).max() < np.ptp(lines, axis=0).max()
    ready.trigger("undo")
    assert ready.ink == 0


def test_rejected_leaves_nothing(ready: Studio, qtbot: QtBot, house: Path):
    """A redrawing that is not wanted never touched the document."""
    before = ready.session.document
    opened(ready, qtbot, house).redraw.click()
    qtbot.waitUntil(lambda: bool(ready.proposals.strokes))
    ready.trigger("reject")
    assert ready.session.document == before


def test_adjusting_changes_the_lines(ready: Studio, qtbot: QtBot, house: Path):
    """What is adjusted shows: inverted, there is something else, or a reason why there is not."""
    dialog = opened(ready, qtbot, house)
    qtbot.waitUntil(lambda: bool(dialog.lines))
    count = len(dialog.lines)
    dialog.edges.setChecked(False)
    dialog.invert.setChecked(True)
    dialog.threshold.setValue(0)
    qtbot.waitUntil(lambda: not dialog.finder.busy)
    assert len(dialog.lines) != count
    assert dialog.ink.isEnabled() == bool(dialog.lines)
    dialog.reject()
    assert ready.ink == 0


def test_a_blank_picture_says_what_to_do(ready: Studio, qtbot: QtBot, tmp_path: Path):
    """Where there are no lines the buttons for them are off, and a sentence helps."""
    path = tmp_path / "blank.png"
    assert cv2.imwrite(str(path), np.full((90, 90, 3), 240, np.uint8))
    dialog = opened(ready, qtbot, path)
    assert "threshold" in dialog.told.text()
    assert not dialog.ink.isEnabled()
    assert not dialog.redraw.isEnabled()
    assert dialog.under.isEnabled()


def test_under_the_page_and_back(ready: Studio, qtbot: QtBot, house: Path):
    """It lies faintly under the ink, and everything done with it is a step that can be undone."""
    session = ready.session
    documents = [session.document]
    opened(ready, qtbot, house).under.click()
    assert ready.tools.tool == "picture"
    documents.append(session.document)
    for action in ("picture_locked", "picture_visible"):
        ready.trigger(action)
        documents.append(session.document)
    assert not ready.enabled("picture")  # it is locked
    ready.trigger("picture_remove")
    assert session.document.page.picture is None
    assert ready.tools.tool == "pen"
    for document in reversed(documents):
        ready.trigger("undo")
        assert session.document == document


def test_it_is_seen_under_the_ink(ready: Studio, qtbot: QtBot, house: Path):
    """The canvas shows the picture paler than it is, and not at all once it is hidden."""
    canvas = ready.window.canvas
    canvas.set_hint("")
    opened(ready, qtbot, house).under.click()
    picture = ready.session.document.page.picture
    assert picture is not None
    box = canvas.viewport.screen_box(picture.bounds)

    def brightness() -> float:
        canvas.finish_painting()
        image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        part = image.copy(*(round(n) for n in (box.left, box.top, box.width, box.height)))
        return float(np.mean(part.constBits()))

    own = float(cv2.imread(str(house)).mean())
    shown = brightness()
    assert own + 20 < shown < 240
    ready.trigger("picture_visible")
    assert brightness() > 250


def drag(studio: Studio, qtbot: QtBot, start: QPoint, stop: QPoint) -> None:
    canvas, left = studio.window.canvas, Qt.MouseButton.LeftButton
    qtbot.mouseMove(canvas, start)
    qtbot.mousePress(canvas, left, pos=start)
    qtbot.mouseMove(canvas, (start + stop) / 2)
    qtbot.mouseMove(canvas, stop)
    qtbot.mouseRelease(canvas, left, pos=stop)


def test_dragged_and_scaled(ready: Studio, qtbot: QtBot, house: Path):
    """A drag moves it, a drag at a corner scales it about the opposite one, each one step."""
    opened(ready, qtbot, house).under.click()
    canvas, page = ready.window.canvas, lambda: ready.session.document.page
    first = page().picture
    assert first is not None
    box = first.bounds
    middle = QPointF(
        *canvas.viewport.to_screen((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    ).toPoint()
    drag(ready, qtbot, middle, middle + QPoint(40, -30))
    moved = page().picture
    assert moved is not None
    assert (moved.x - first.x, moved.y - first.y) == pytest.approx((40, -30))
    box = moved.bounds
    corner = QPointF(*canvas.viewport.to_screen(box.right, box.bottom)).toPoint()
    drag(ready, qtbot, corner, corner - QPoint(80, 60))
    scaled = page().picture
    assert scaled is not None
    assert scaled.scale < moved.scale
    assert (scaled.x, scaled.y) == pytest.approx((moved.x, moved.y))
    ready.trigger("undo")
    assert page().picture == moved
    ready.trigger("undo")
    assert page().picture == first


def test_opacity_is_one_step_for_one_drag(ready: Studio, qtbot: QtBot, house: Path):
    """The slider shows at once, and leaves one step however far it was dragged."""
    opened(ready, qtbot, house).under.click()
    before = ready.session.document
    ready.trigger("picture_options")
    popup = ready.window._pictures._popup
    for value in (50, 60, 70):
        popup.opacity.setValue(value)
    popup.opacity.sliderReleased.emit()
    assert ready.session.document.page.picture.opacity == pytest.approx(0.7)
    ready.trigger("undo")
    assert ready.session.document == before


def test_lines_of_the_one_on_the_page(ready: Studio, qtbot: QtBot, house: Path):
    """What lies under the page is traced where it lies."""
    opened(ready, qtbot, house).under.click()
    picture = ready.session.document.page.picture
    assert picture is not None
    ready.trigger("picture_lines")
    dialog = next(d for d in ready.window.findChildren(PictureDialog) if d.isVisible())
    qtbot.waitUntil(lambda: bool(dialog.lines))
    assert dialog.under.isHidden()
    dialog.ink.click()
    ink = ready.session.document.bounds
    assert ink is not None
    assert picture.bounds.left <= ink.left < ink.right <= picture.bounds.right


def test_a_damaged_one_on_the_page_is_told(
    loading: Studio, tmp_path: Path, house: Path, monkeypatch: pytest.MonkeyPatch
):
    """A file may hold a picture whose body is damaged: one clear message, and drawing goes on."""
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[-1]))
    whole = house.read_bytes()
    at = whole.index(b"IDAT") + 4
    picture = Picture(whole[:at] + bytes(64) + whole[at + 64 :], 400, 300)
    native.save(Document(page=Page(picture=picture)), tmp_path / "a.sketch")
    assert loading.window.files.open_path(tmp_path / "a.sketch")
    loading.trigger("picture_lines")
    assert len(said) == 1
    assert said[0].startswith("The picture cannot be opened.\n\n")
    assert loading.window.findChild(PictureDialog) is None


def mime_of(path: Path, how: str) -> QMimeData:
    data = QMimeData()
    if how == "image":
        data.setImageData(QImage(str(path)))
    elif how == "file":
        data.setUrls([QUrl.fromLocalFile(str(path))])
    else:
        data.setData("image/png", path.read_bytes())
    return data


@pytest.mark.parametrize("how", ["image", "bytes"])
def test_pasted(ready: Studio, qtbot: QtBot, house: Path, how: str):
    """A picture on the clipboard can be pasted, whoever put it there."""
    assert not ready.enabled("paste")
    QGuiApplication.clipboard().setMimeData(mime_of(house, how))
    qtbot.waitUntil(lambda: ready.enabled("paste"))
    ready.trigger("paste")
    dialog = dialog_of(ready, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.lines))


@pytest.mark.parametrize("how", ["image", "file", "bytes"])
def test_dropped(ready: Studio, qtbot: QtBot, house: Path, how: str):
    """A picture is taken where it is dropped: a file, or the pixels of another program."""
    data = mime_of(house, how)
    event = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    ready.window.dropEvent(event)
    assert event.isAccepted()
    qtbot.waitUntil(lambda: ready.window.findChild(PictureDialog) is not None)


def says(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    warning: Callable[..., None] = lambda *words: said.append(words[2])  # noqa: E731
    monkeypatch.setattr(QMessageBox, "warning", warning)
    return said


def test_no_picture_is_refused(ready: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file that only ends like a picture gives one clear message and changes nothing."""
    said = says(monkeypatch)
    path = tmp_path / "fake.png"
    path.write_bytes(b"not a picture")
    ready.window.files.open_instead(path)
    assert said == ["fake.png cannot be opened.\n\nnot a PNG, JPEG or WebP picture, or cut off"]
    assert ready.window.findChild(PictureDialog) is None
    assert ready.session.path is None
