"""Cut, copy and paste of strokes: between windows as ink, to other programs as a picture."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.geometry import Point, moved
from sketchstudio.core.outline import drawn_bounds
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr
from sketchstudio.ui.canvas.renderer import paint_document
from sketchstudio.ui.dialogs.files import left_out_line

INK = native.MIME_TYPE
"""Strokes as a ``.sketch`` file."""

_SVG = "image/svg+xml"
_PNG_SCALE = 2.0  # pixels for each page px, so that the picture is sharp on any screen
_PNG_LARGEST = 4096.0  # pixels
_MARGIN = 4.0  # page px


class Clipboard(QObject):
    """Puts selected strokes on the system's clipboard and takes them from there.

    Args:
        session: Whose strokes.
        place: Where what is pasted shall have its middle, page px.
        parent: As in Qt.
    """

    def __init__(
        self, session: Session, place: Callable[[], Point], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._place = place

    @property
    def has_ink(self) -> bool:
        """Whether there are strokes on the system's clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        return data is not None and (data.hasFormat(INK) or _svg_of(data) is not None)

    def cut(self) -> None:
        """Take the selected strokes off the page."""
        self.copy()
        self._session.delete_selection()

    def copy(self) -> None:
        """Offer the selected strokes as ink, as SVG and as a picture."""
        # Here, not above: the window comes first.
        from sketchstudio.formats.export_options import ExportOptions
        from sketchstudio.formats.svg_write import to_svg_string

        strokes = self._session.selected_strokes()
        if not strokes:
            return
        document = Document((Layer(strokes=strokes),), self._session.document.page)
        document = replace(document, page=replace(document.page, size=None))
        options = ExportOptions(margin=_MARGIN)
        data = QMimeData()
        with suppress(native.TooLargeError):  # the drawing is then pasted from its SVG
            data.setData(INK, QByteArray(_as_file(document)))
        data.setData(_SVG, QByteArray(to_svg_string(document, options).encode()))
        data.setData("image/png", _as_png(document))
        QGuiApplication.clipboard().setMimeData(data)

    def paste(self) -> None:
        """Add copies of the strokes as one undo step and select them."""
        strokes = self._strokes()
        if not strokes:
            return
        box = _box_of(strokes)
        x, y = self._place()
        dx, dy = x - (box.left + box.right) / 2, y - (box.top + box.bottom) / 2
        copies = [replace(moved(stroke, dx, dy), id=uuid.uuid4().hex) for stroke in strokes]
        if self._session.execute(add_strokes(self._session.active_layer, copies, "Paste")):
            self._session.select(stroke.id for stroke in copies)

    def _strokes(self) -> tuple[Stroke, ...]:
        from sketchstudio.formats import svg_read  # here: the window comes first

        data = QGuiApplication.clipboard().mimeData()
        if not self.has_ink:
            return ()
        try:
            if data.hasFormat(INK):
                document = native.read(BytesIO(data.data(INK).data()), "clipboard")
            else:
                drawing = svg_read.read(_svg_of(data) or b"", "clipboard")
                document = drawing.document
                if line := left_out_line(drawing):
                    self._session.refused.emit(line)
        except FormatError:  # of another version of the app, or a drawing of texts and pictures
            self._session.refused.emit(tr("What is on the clipboard cannot be read as ink"))
            return ()
        return tuple(document.strokes())


def _svg_of(data: QMimeData) -> bytes | None:
    """A drawing of another program, as SVG or as the text of such a file; None for none."""
    if data.hasFormat(_SVG):
        return bytes(data.data(_SVG).data())
    text = data.text().lstrip() if data.hasText() else ""
    begins_so = text.startswith("<svg") or (text.startswith("<?xml") and "<svg" in text[:4000])
    return text.encode() if begins_so else None


def _as_file(document: Document) -> bytes:
    file = BytesIO()
    native.write(document, file)
    return file.getvalue()


def _as_png(document: Document) -> QByteArray:
    """The ink on nothing, to be laid on whatever the other program shows."""
    box = _box_of(tuple(document.strokes())).expanded(_MARGIN)
    scale = min(_PNG_SCALE, _PNG_LARGEST / max(box.width, box.height))
    width, height = math.ceil(box.width * scale), math.ceil(box.height * scale)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-box.left, -box.top)
    paint_document(painter, document, paper=False)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return data


def _box_of(strokes: tuple[Stroke, ...]) -> Bounds:
    box = drawn_bounds(strokes[0])
    for stroke in strokes[1:]:
        box = box.united(drawn_bounds(stroke))
    return box
