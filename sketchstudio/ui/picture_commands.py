"""Pictures in: opened, pasted or dropped, then redrawn by the model, traced, or laid beneath."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox, QWidget

from sketchstudio.core.edits import PageChanged, add_strokes
from sketchstudio.core.picture import Picture
from sketchstudio.core.stroke import EVENED, Points, Stroke
from sketchstudio.engine.messages import Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.errors import FormatError
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Settings
from sketchstudio.state.tool_state import ToolName, ToolState
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.canvas.view import CanvasView
from sketchstudio.ui.dialogs.where import ask_which
from sketchstudio.ui.panels.picture_popup import PicturePopup
from sketchstudio.ui.panels.popup import open_by
from sketchstudio.ui.window_actions import WindowAction

_ROOM = 0.8  # of what is shown of the page, for a new picture
_KINDS = ("image/png", "image/jpeg", "image/webp")
_OF_PICTURE = (
    *("picture", "picture_options", "picture_fit", "picture_visible", "picture_locked"),
    *("picture_lines", "picture_remove"),
)


class PictureCommands(QObject):
    """Brings pictures in, and does what can be done with the one under the ink.

    Args:
        session: The window's document.
        tools: The tool in hand, and how wide the pen draws.
        service: Whether there is a model.
        proposals: Shows what the model makes of a picture.
        canvas: Where a picture goes: into the middle of what is seen.
        settings: Know the folder used last.
        window: Dialogs open over it.

    Signals:
        told: One line on what was done.
    """

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        tools: ToolState,
        service: InferenceService,
        proposals: Proposals,
        canvas: CanvasView,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._tools, self._service = session, tools, service
        self._proposals, self._canvas, self._window = proposals, canvas, window
        self._settings = settings
        self._actions: Mapping[str, WindowAction] = {}
        self._gesture = object()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            "import_picture": self._import,
            "picture_options": self._show_options,
            "picture_fit": self._fit,
            "picture_visible": self._toggle_visible,
            "picture_locked": self._toggle_locked,
            "picture_lines": self._lines,
            "picture_remove": self._remove,
        }

    def attach(self, actions: Mapping[str, WindowAction], anchor: QWidget) -> None:
        """Keep the actions as they can be used; the popup opens by ``anchor``."""
        self._actions, self._anchor = actions, anchor
        self._popup = PicturePopup(actions, self._window)
        self._popup.opacity_picked.connect(self._set_opacity)
        self._popup.opacity_settled.connect(self._end_gesture)
        self._session.document_changed.connect(self._show)
        self._show()

    @property
    def _picture(self) -> Picture | None:
        return self._session.document.page.picture

    # In.

    @Slot(object)
    def open(self, path: Path) -> None:
        """Ask what shall become of a picture file."""
        from sketchstudio.formats.picture_file import read_picture

        try:
            pixels = read_picture(path)
        except FormatError as error:
            self._refuse(path.name, str(error).removeprefix(f"{path}: "))
            return
        except OSError as error:
            self._refuse(path.name, error.strerror or str(error))
            return
        self._ask(pixels)

    def takes(self, data: QMimeData | None) -> bool:
        """Whether there is a picture among what was pasted or dropped."""
        return data is not None and (data.hasImage() or any(map(data.hasFormat, _KINDS)))

    def take(self, data: QMimeData) -> None:
        """Ask what shall become of a picture that was pasted or dropped."""
        from sketchstudio.formats.picture_file import decode_picture

        kind = next(filter(data.hasFormat, _KINDS), "")
        encoded = bytes(data.data(kind).data()) if kind else _as_png(data.imageData())
        try:
            pixels = decode_picture(encoded, tr("picture"))
        except FormatError as error:
            self._refuse(tr("The picture"), str(error).partition(": ")[2])
            return
        self._ask(pixels)

    def paste(self) -> None:
        """Take the picture that is on the system's clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and self.takes(data):
            self.take(data)

    def _import(self) -> None:
        from sketchstudio.formats.picture_file import ENDINGS

        kinds = f"{tr('Pictures')} ({' '.join(f'*{ending}' for ending in ENDINGS)})"
        path = ask_which(self._window, tr("Import Picture"), self._settings, kinds)
        if path is not None:
            self.open(path)

    def _ask(self, pixels: npt.NDArray[np.uint8]) -> None:
        from sketchstudio.formats.picture_file import encode_picture

        height, width = pixels.shape[:2]
        picture = Picture(encode_picture(pixels), width, height)
        self._open_dialog(pixels, picture.fitted(self._canvas.visible_page_rect(), _ROOM))

    def _lines(self) -> None:
        from sketchstudio.formats.picture_file import decode_picture

        picture = self._picture
        if picture is None:
            return
        try:
            pixels = decode_picture(picture.data, tr("picture"))
        except FormatError as error:
            self._refuse(tr("The picture"), str(error).partition(": ")[2])
            return
        self._open_dialog(pixels, picture, on_page=True)

    def _open_dialog(
        self, pixels: npt.NDArray[np.uint8], picture: Picture, on_page: bool = False
    ) -> None:
        from sketchstudio.ui.dialogs.picture import PictureDialog

        failed = self._service.state.status is Status.FAILED
        dialog = PictureDialog(
            pixels,
            picture,
            self._tools.style_of(ToolName.PEN).width,
            tr("the model could not be loaded") if failed else "",
            on_page,
            self._window,
        )
        dialog.redraw_wanted.connect(self._redraw)
        dialog.ink_wanted.connect(self._trace)
        dialog.picture_wanted.connect(self._lay_under)
        dialog.open()

    # What becomes of it.

    @Slot(object)
    def _redraw(self, lines: tuple[Points, ...]) -> None:
        self._proposals.redraw_lines(self._strokes(lines, self._tools.style.width))

    @Slot(object, float)
    def _trace(self, lines: tuple[Points, ...], weight: float) -> None:
        strokes = self._strokes(lines, weight)
        edit = add_strokes(self._session.active_layer, strokes, mark("Trace picture"))
        if self._session.execute(edit):
            self._session.select(stroke.id for stroke in strokes)
            self._tools.set_tool("select")

    @Slot(object)
    def _lay_under(self, picture: Picture) -> None:
        self._set(picture, mark("Lay picture under"))
        self._tools.set_tool("picture")
        self.told.emit(tr("Drag the picture to move it, its corners to scale it."))

    def _strokes(self, lines: tuple[Points, ...], weight: float) -> tuple[Stroke, ...]:
        pen = self._tools.style_of(ToolName.PEN)
        style = replace(pen, width=weight, pressure=False, smoothing=EVENED, grain=1.0)
        return tuple(Stroke.from_points(line, style) for line in lines)

    # The one under the ink.

    def _show_options(self) -> None:
        if self._picture is not None:
            self._popup.show_picture(self._picture)
            open_by(self._popup, self._anchor)

    def _fit(self) -> None:
        if self._picture is not None and not self._picture.locked:
            fitted = self._picture.fitted(self._canvas.visible_page_rect(), _ROOM)
            self._set(fitted, mark("Move picture"))

    def _toggle_visible(self) -> None:
        if self._picture is not None:
            shown = not self._picture.visible
            name = mark("Show picture") if shown else mark("Hide picture")
            self._set(replace(self._picture, visible=shown), name)

    def _toggle_locked(self) -> None:
        if self._picture is not None:
            locked = not self._picture.locked
            name = mark("Lock picture") if locked else mark("Unlock picture")
            self._set(replace(self._picture, locked=locked), name)

    def _remove(self) -> None:
        self._set(None, mark("Remove picture"))
        if self._tools.tool is ToolName.PICTURE:
            self._tools.put_away()

    @Slot(float)
    def _set_opacity(self, opacity: float) -> None:
        if self._picture is not None:
            faint = replace(self._picture, opacity=opacity)
            self._set(faint, mark("Change picture's opacity"), self._gesture)

    @Slot()
    def _end_gesture(self) -> None:
        self._gesture = object()

    def _set(self, picture: Picture | None, name: str, gesture: object = None) -> None:
        page = self._session.document.page
        self._session.execute(PageChanged(page, replace(page, picture=picture), name), gesture)

    @Slot()
    def _show(self) -> None:
        picture = self._picture
        for id in _OF_PICTURE:
            self._actions[id].set_reason("" if picture else tr("there is no picture on the page"))
        if picture is not None and picture.locked:
            for id in ("picture", "picture_fit"):
                self._actions[id].set_reason(tr("the picture is locked"))
        self._actions["picture_visible"].setChecked(picture is not None and picture.visible)
        self._actions["picture_locked"].setChecked(picture is not None and picture.locked)

    def _refuse(self, name: str, reason: str) -> None:
        text = tr("{file} cannot be opened.").format(file=name)
        QMessageBox.warning(self._window, "sketchstudio", f"{text}\n\n{reason}")


def _as_png(image: object) -> bytes:
    """An image as a PNG file; nothing of what is none."""
    if not isinstance(image, QImage):
        return b""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
