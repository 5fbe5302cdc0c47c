"""Small buttons that show what they stand for: a colour, a line width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QConicalGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from sketchstudio.system.language import tr
from sketchstudio.ui import theme

SIDE = 24
"""Of a swatch, px."""


class Swatch(QAbstractButton):
    """A round patch of colour; one without a colour shows the rainbow of all."""

    def __init__(self, color: str) -> None:
        super().__init__()
        self.color = color
        self.setCheckable(True)
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        area = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if self.color:
            fill = QColor(self.color)
            edge = QColor(colors.muted) if _close(fill, QColor(colors.desk)) else fill
            painter.setPen(QPen(edge, 1))
            painter.setBrush(fill)
        else:
            rainbow = QConicalGradient(area.center(), 90)
            for i in range(7):
                rainbow.setColorAt(i / 6, QColor.fromHsvF(i / 6 % 1, 0.75, 0.95))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(rainbow)
        painter.drawEllipse(area)
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.text if self.hasFocus() else colors.accent), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    def set_color(self, color: str) -> None:
        """Show another colour, ``#rrggbb``, or none."""
        self.color = color
        self.update()

    def nextCheckState(self) -> None:
        """Being checked follows the style, not the click."""

    def enterEvent(self, event: QEvent) -> None:
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class WidthDot(QAbstractButton):
    """A dot as thick as the line it stands for."""

    def __init__(self, width_px: float) -> None:
        super().__init__()
        self.width_px = width_px
        self.setCheckable(True)
        self.setFixedSize(18, SIDE)
        self.setToolTip(f"{width_px:g} px")
        self.setAccessibleName(tr("Line width {width} px").format(width=f"{width_px:g}"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(colors.soft if self.isChecked() else colors.hover))
            painter.drawRoundedRect(area, 7, 7)
        painter.setBrush(QColor(colors.on_soft if self.isChecked() else colors.text))
        radius = max(1.25, self.width_px / 2)
        painter.drawEllipse(QPointF(area.center()), radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.accent), 1))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)

    def nextCheckState(self) -> None:
        """Being checked follows the style, not the click."""

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


def _close(one: QColor, other: QColor) -> bool:
    return abs(one.lightness() - other.lightness()) < 40
