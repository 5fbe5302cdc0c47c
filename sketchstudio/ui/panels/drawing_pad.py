"""A small sheet to draw one thing on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget

from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import Sketch
from sketchstudio.state.input_settings import InputSettings
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.canvas.input import PenInput
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.renderer import paint_pieces

_STYLE = StrokeStyle("#1b1b1f", 3.0)


class DrawingPad(QWidget):
    """Takes a pen or mouse; what is drawn stays until it is cleared.

    Args:
        settings: Of pens and mice.

    Signals:
        changed: Something was drawn, or cleared.
    """

    changed = Signal()

    def __init__(self, settings: InputSettings) -> None:
        super().__init__()
        self._input = PenInput(self, settings)
        self._lines: list[LiveInk] = []
        self.setMinimumSize(260, 220)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Sheet to draw an example on"))

    @property
    def sketch(self) -> Sketch:
        """What is drawn, px; nothing of a sheet that is empty."""
        return tuple(drawn_points(line.stroke()) for line in self._lines)

    def clear(self) -> None:
        """Take all ink off."""
        self._lines = []
        self.update()
        self.changed.emit()

    # PenTarget.

    def pen_pressed(self, sample: PenSample, tool: object) -> None:
        self._lines.append(LiveInk(_STYLE, sample))
        self.update()

    def pen_moved(self, sample: PenSample) -> None:
        self._lines[-1].append(sample)
        self.update()

    def pen_released(self, sample: PenSample) -> None:
        self.changed.emit()

    def pen_cancelled(self) -> None:
        if self._lines:
            self._lines.pop()
        self.update()

    def pen_hovered(self, sample: PenSample) -> None:
        """Nothing is drawn without touching."""

    def pinched(self, x: float, y: float, dx: float, dy: float, factor: float) -> None:
        """The sheet stays where it is."""

    # Qt.

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._input.tablet(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def sizeHint(self) -> QSize:
        return QSize(300, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().line), 1))
        painter.setBrush(QColor("#ffffff"))  # paper, in the dark, too
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        if not self._lines:
            painter.setPen(QColor("#60606e"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Draw one example"))
        for line in self._lines:
            paint_pieces(painter, line.pieces(), QColor(_STYLE.color))
