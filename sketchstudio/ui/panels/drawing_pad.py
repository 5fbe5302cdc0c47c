"""A small sheet to draw on, in a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget

from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import Sketch
from sketchstudio.state.input_settings import InputSettings
from sketchstudio.ui import theme
from sketchstudio.ui.canvas.input import PenInput
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.renderer import paint_pieces

_INK, _PAPER, _FAINT = "#1b1b1f", "#ffffff", "#60606e"  # paper, in the dark, too


class DrawingPad(QWidget):
    """Takes a pen or mouse; what is drawn stays until it is cleared.

    Args:
        settings: Of pens and mice.
        hint: What an empty sheet says.
        width: Of its lines, px.
        most: Lines that stay; older ones go. None: all do.

    Signals:
        changed: Something was drawn, or cleared.
        pressed: How hard a pen presses, 0 to 1; None where none does any more.
    """

    changed = Signal()
    pressed = Signal(object)

    def __init__(
        self, settings: InputSettings, hint: str, width: float = 3.0, most: int | None = None
    ) -> None:
        super().__init__()
        self._input = PenInput(self, settings)
        self._hint, self._style, self._most = hint, StrokeStyle(_INK, width), most
        self._lines: list[LiveInk] = []
        self.setMinimumSize(260, 220)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def sketch(self) -> Sketch:
        """What is drawn, px; nothing of a sheet that is empty."""
        return tuple(drawn_points(line.stroke()) for line in self._lines)

    @Slot()
    def clear(self) -> None:
        """Take all ink off."""
        self._lines = []
        self.update()
        self.changed.emit()

    @Slot(object)
    def set_settings(self, settings: InputSettings) -> None:
        """Take pens and mice in this way from now on."""
        self._input.set_settings(settings)

    # PenTarget.

    def pen_pressed(self, sample: PenSample, tool: object) -> None:
        self._lines.append(LiveInk(self._style, sample))
        if self._most is not None:
            del self._lines[: -self._most]
        self.update()

    def pen_moved(self, sample: PenSample) -> None:
        self._lines[-1].append(sample)
        self.update()

    def pen_released(self, sample: PenSample) -> None:
        self.changed.emit()

    def pen_cancelled(self) -> None:
        if self._lines:
            self._lines.pop()
        self.pressed.emit(None)
        self.update()

    def pen_hovered(self, sample: PenSample) -> None:
        """Nothing is drawn without touching."""

    def pinched(self, x: float, y: float, dx: float, dy: float, factor: float) -> None:
        """The sheet stays where it is."""

    # Qt.

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._input.tablet(event)
        lifted = event.type() == QEvent.Type.TabletRelease
        self.pressed.emit(None if lifted else event.pressure() or None)

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
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        if not self._lines:
            painter.setPen(QColor(_FAINT))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
        for line in self._lines:
            paint_pieces(painter, line.pieces(), QColor(_INK))
