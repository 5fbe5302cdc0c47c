"""The way from one end of a blend to the other, as a strip of small sketches."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sketchstudio.engine.messages import Sketch
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.panels.kept_picture import KeptPicture
from sketchstudio.ui.panels.sketch_view import paint_sketches

_HEIGHT = 34
_LINE = 1.1  # px


class Strip(QWidget):
    """Shows sketches from left to right; a click goes there. The slider does it by keys.

    Signals:
        picked: Place of the sketch clicked, 0 to 1.
    """

    picked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sketches: tuple[Sketch, ...] = ()
        self._position = 0.5
        self._ink = KeptPicture(self)  # the mark moves far more often than the sketches change
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Sketches on the way from A to B"))

    @property
    def sketches(self) -> tuple[Sketch, ...]:
        return self._sketches

    def set_sketches(self, sketches: tuple[Sketch, ...]) -> None:
        """Show these, box units, from A to B."""
        self._sketches = sketches
        self._ink.forget()
        self.update()

    def set_position(self, position: float) -> None:
        """Mark the sketch nearest to a place, 0 to 1."""
        last = len(self._sketches) - 1
        marked = round(self._position * last), round(position * last)
        self._position = position
        if marked[0] != marked[1]:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._sketches:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count, colors = len(self._sketches), theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.soft))
        painter.drawRoundedRect(self._cell(round(self._position * (count - 1))), 6, 6)
        self._ink.show(painter, colors.text, self._paint_ink)

    def _paint_ink(self, painter: QPainter) -> None:
        cells = [(sketch, self._cell(index)) for index, sketch in enumerate(self._sketches)]
        paint_sketches(painter, cells, theme.current().text, _LINE)

    def _cell(self, index: int) -> QRectF:
        width = self.width() / len(self._sketches)
        return QRectF(index * width, 0, width, self.height()).adjusted(1, 1, -1, -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        count = len(self._sketches)
        if event.button() == Qt.MouseButton.LeftButton and count > 1 and self.isEnabled():
            index = min(int(event.position().x() * count / self.width()), count - 1)
            self.picked.emit(index / (count - 1))
