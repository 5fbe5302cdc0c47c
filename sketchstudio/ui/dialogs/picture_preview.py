"""The lines of a picture, found while the person watches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, QRectF, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sketchstudio.core.line_art import Cleaning
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Points
from sketchstudio.core.tracing import lines_of
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.canvas.renderer import polygon_of

_MARGIN = 14.0  # px round the picture
_FAINT = 0.3  # of the picture under its lines
_INK = "#2f6fed"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What became of a picture.

    Attributes:
        cleaning: How it was cleaned.
        lines: (N, 2) each, px of the picture; none where there is a reason.
        reason: Why there are none, a line for the person.
    """

    cleaning: Cleaning
    lines: tuple[Points, ...] = ()
    reason: str = ""


class LineFinder(QObject):
    """Finds the lines of one picture in a thread of its own; the latest wish wins.

    Args:
        pixels: (H, W, 3) uint8: blue, green, red.
        parent: As in Qt.

    Signals:
        found: Carries `Found`, for the cleaning last asked for.
    """

    found = Signal(object)

    def __init__(self, pixels: npt.NDArray[np.uint8], parent: QObject) -> None:
        super().__init__(parent)
        self._pixels = pixels
        self._wanted: Cleaning | None = None
        self._busy = False
        self._told = _Told(self)
        self._told.done.connect(self._on_done)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def ask(self, cleaning: Cleaning) -> None:
        """Find the lines as they are with that cleaning."""
        self._wanted = cleaning
        if not self._busy:
            self._busy = True
            QThreadPool.globalInstance().start(_Job(self._pixels, cleaning, self._told))

    @Slot(object)
    def _on_done(self, found: Found) -> None:
        self._busy = False
        if found.cleaning == self._wanted:
            self.found.emit(found)
        elif self._wanted is not None:
            self.ask(self._wanted)


class _Told(QObject):
    done = Signal(object)


class _Job(QRunnable):
    def __init__(self, pixels: npt.NDArray[np.uint8], cleaning: Cleaning, told: _Told) -> None:
        super().__init__()
        self._pixels, self._cleaning, self._told = pixels, cleaning, told

    def run(self) -> None:
        try:
            found = Found(self._cleaning, tuple(lines_of(self._pixels, self._cleaning)))
        except SketchError as error:
            found = Found(self._cleaning, reason=str(error))
        try:
            self._told.done.emit(found)
        except RuntimeError:  # the dialog is closed
            return


class LinePreview(QWidget):
    """The picture, pale, with its lines as they would be drawn.

    Args:
        pixels: As in `LineFinder`.
    """

    def __init__(self, pixels: npt.NDArray[np.uint8]) -> None:
        super().__init__()
        height, width = pixels.shape[:2]
        self._size = width, height
        self._pixels = np.ascontiguousarray(pixels)  # the image looks at these
        self._image = QImage(
            self._pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888
        )
        self._lines: tuple[Points, ...] = ()
        self._weight = 2.0
        self.setMinimumSize(420, 380)
        self.setAccessibleName(tr("Preview of the lines"))

    def set_lines(self, lines: tuple[Points, ...]) -> None:
        """Show other lines, px of the picture."""
        self._lines = lines
        self.update()

    def set_weight(self, weight: float) -> None:
        """Draw the lines so wide, px of the picture."""
        self._weight = weight
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colors.line), 1))
        painter.setBrush(QColor("#ffffff"))  # as paper is, in the dark, too
        painter.drawRoundedRect(frame, 6, 6)
        width, height = self._size
        room = frame.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / width, room.height() / height)
        painter.translate(room.center() - QPointF(width, height) * (scale / 2))
        painter.scale(scale, scale)
        painter.setOpacity(_FAINT)
        painter.drawImage(QPointF(0, 0), self._image)
        painter.setOpacity(1.0)
        pen = QPen(QColor(_INK), max(self._weight, 1.2 / scale))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for line in self._lines:
            painter.drawPolyline(polygon_of(line))
