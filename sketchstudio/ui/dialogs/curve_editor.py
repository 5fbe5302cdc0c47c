"""The pressure curve, to be bent by its two handles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sketchstudio.core.pressure import LINEAR, PressureCurve
from sketchstudio.system.language import tr
from sketchstudio.ui import theme

_SIDE = 180  # px
_EDGE = 10  # px
_STEP = 0.05  # by key


class CurveEditor(QWidget):
    """What the pen presses to the right, what is drawn upwards.

    A handle is dragged, or chosen with Space and moved with the arrow keys.

    Signals:
        valueChanged: The handles are elsewhere.
    """

    valueChanged = Signal()  # noqa: N815 - as Qt's own controls call it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handles = list(LINEAR.handles)
        self._held = 0
        self._pressure: float | None = None
        self.setFixedSize(_SIDE, _SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(tr("Across: how hard you press. Up: how hard it draws."))

    def value(self) -> list[float]:
        """The handles: x1, y1, x2, y2, 0..1."""
        return list(self._handles)

    def setValue(self, handles: list[float]) -> None:
        """Show other handles."""
        if handles != self._handles:
            self._handles = list(handles)
            self.update()
            self.valueChanged.emit()

    @Slot(object)
    def show_pressure(self, pressure: float | None) -> None:
        """Mark what a pen presses now, 0..1, or nothing."""
        self._pressure = pressure
        self.update()

    def _move(self, x: float, y: float) -> None:
        handles = self.value()
        handles[2 * self._held] = round(min(max(x, 0.0), 1.0), 3)
        handles[2 * self._held + 1] = round(min(max(y, 0.0), 1.0), 3)
        self.setValue(handles)

    def _place(self, x: float, y: float) -> QPointF:
        side = _SIDE - 2 * _EDGE
        return QPointF(_EDGE + x * side, _SIDE - _EDGE - y * side)

    # Qt.

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.setPen(QPen(QColor(colors.accent if self.hasFocus() else colors.line), 1))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(area.adjusted(-5, -5, 5, 5), 6, 6)
        painter.setPen(QPen(QColor(colors.line), 1))
        for i in range(1, 4):
            painter.drawLine(self._place(i / 4, 0), self._place(i / 4, 1))
            painter.drawLine(self._place(0, i / 4), self._place(1, i / 4))
        x1, y1, x2, y2 = self._handles
        painter.setPen(QPen(QColor(colors.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(self._place(0, 0), self._place(x1, y1))
        painter.drawLine(self._place(1, 1), self._place(x2, y2))
        curve = PressureCurve(*self._handles)
        xs, ys = curve.line
        painter.setPen(QPen(QColor(colors.accent), 2))
        painter.drawPolyline(
            [self._place(x, y) for x, y in zip(xs[::8].tolist(), ys[::8].tolist(), strict=True)]
        )
        for i in range(2):
            held = i == self._held and self.hasFocus()
            painter.setPen(QPen(QColor(colors.accent), 2))
            painter.setBrush(QColor(colors.accent if held else colors.surface))
            painter.drawEllipse(self._place(*self._handles[2 * i : 2 * i + 2]), 5, 5)
        if self._pressure is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.good))
            painter.drawEllipse(self._place(self._pressure, curve(self._pressure)), 4.5, 4.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        away = [
            (self._place(*self._handles[2 * i : 2 * i + 2]) - at).manhattanLength()
            for i in range(2)
        ]
        self._held = away.index(min(away))
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        side = _SIDE - 2 * _EDGE
        at = event.position()
        self._move((at.x() - _EDGE) / side, (_SIDE - _EDGE - at.y()) / side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, _STEP),
            Qt.Key.Key_Down: (0.0, -_STEP),
        }
        way = ways.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            self._held = 1 - self._held
            self.update()
        elif way is not None:
            x, y = self._handles[2 * self._held : 2 * self._held + 2]
            self._move(x + way[0], y + way[1])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
