"""Any colour: by a field of all shades of a hue, by its number, or from the page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QRegularExpression, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.window_actions import WindowAction

_WIDTH, _SHADES, _HUES = 208, 136, 18  # px
_STEP = 0.02  # of a field, by key


class ColorPopup(QFrame):
    """Opens by its button; each change is a wish at once, closing it changes nothing.

    Args:
        picker: Takes the picker tool.
        parent: As in Qt.

    Signals:
        picked: ``#rrggbb``, when the person has settled on it.
    """

    picked = Signal(str)

    def __init__(self, picker: WindowAction, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.shades = _Field(_SHADES, tr("Saturation and lightness"), self)
        self.hues = _Field(_HUES, tr("Hue"), self)
        self.number = QLineEdit()
        self.number.setAccessibleName(tr("Colour as #rrggbb"))
        self.number.setMaxLength(7)
        self.number.setValidator(
            QRegularExpressionValidator(QRegularExpression("#?[0-9a-fA-F]{6}"), self.number)
        )
        self._picker = QToolButton()
        self._picker.setToolTip(picker.toolTip())
        self._picker.setAccessibleName(picker.title)
        self._picker.setProperty("shape", "square")
        set_icon(self._picker, "picker")
        row = QHBoxLayout()
        row.addWidget(self.number, 1)
        row.addWidget(self._picker)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.shades)
        layout.addWidget(self.hues)
        layout.addLayout(row)
        self.shades.moved.connect(self._on_field)
        self.hues.moved.connect(self._on_field)
        self.shades.settled.connect(self._tell)
        self.hues.settled.connect(self._tell)
        self.number.editingFinished.connect(self._on_number)
        self._picker.clicked.connect(self.close)
        self._picker.clicked.connect(picker.trigger)
        self._color = QColor("#000000")

    def set_color(self, color: str) -> None:
        """Show ``#rrggbb``."""
        self._color = QColor(color)
        hue = max(self._color.hsvHueF(), 0.0)  # grey has none
        self.hues.place(hue, 0.0)
        self.shades.place(self._color.hsvSaturationF(), 1.0 - self._color.valueF())
        self._show()

    def _show(self) -> None:
        self.hues.paint_with(_rainbow())
        pure = QColor.fromHsvF(min(self.hues.x_share, 0.999), 1.0, 1.0)
        self.shades.paint_with([QColor("#ffffff"), pure], darkens=True)
        with QSignalBlocker(self.number):
            self.number.setText(self._color.name())

    @Slot()
    def _on_field(self) -> None:
        shades = self.shades
        hue = min(self.hues.x_share, 0.999)
        self._color = QColor.fromHsvF(hue, shades.x_share, 1.0 - shades.y_share)
        self._show()

    @Slot()
    def _on_number(self) -> None:
        text = self.number.text()
        color = QColor(text if text.startswith("#") else f"#{text}")
        if color.isValid() and color != self._color:
            self.set_color(color.name())
            self._tell()

    @Slot()
    def _tell(self) -> None:
        self.picked.emit(self._color.name())


class _Field(QWidget):
    """A patch of colours with a ring on one of them, moved by pointer or arrow keys.

    Signals:
        moved: The ring is elsewhere.
        settled: It was let go.
    """

    moved = Signal()
    settled = Signal()

    def __init__(self, height: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_WIDTH, height)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.x_share, self.y_share = 0.0, 0.0
        self._flat = height == _HUES
        self._colors: list[QColor] = []
        self._darkens = False

    def place(self, x: float, y: float) -> None:
        """Put the ring at these shares of width and height, 0..1."""
        self.x_share, self.y_share = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
        self.update()

    def paint_with(self, colors: list[QColor], darkens: bool = False) -> None:
        """Show these colours from left to right, getting darker downwards or not."""
        self._colors, self._darkens = colors, darkens
        self.update()

    def _go(self, x: float, y: float) -> None:
        self.place(x, 0.0 if self._flat else y)
        self.moved.emit()

    # Qt.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        across = QLinearGradient(area.topLeft(), area.topRight())
        for i, color in enumerate(self._colors):
            across.setColorAt(i / max(len(self._colors) - 1, 1), color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(across)
        painter.drawRoundedRect(area, 5, 5)
        if self._darkens:
            down = QLinearGradient(area.topLeft(), area.bottomLeft())
            down.setColorAt(0, QColor(0, 0, 0, 0))
            down.setColorAt(1, QColor(0, 0, 0, 255))
            painter.setBrush(down)
            painter.drawRoundedRect(area, 5, 5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(area, 5, 5)
        y = 0.5 if self._flat else self.y_share
        inner = area.adjusted(7, 7, -7, -7)
        at = QPointF(inner.left() + self.x_share * inner.width(), inner.top() + y * inner.height())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring, width in (("#000000", 3.4), ("#ffffff", 2.0)):
            painter.setPen(QPen(QColor(ring), width))
            painter.drawEllipse(at, 5.5, 5.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._go((at.x() - 8) / (self.width() - 16), (at.y() - 8) / max(self.height() - 16, 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -_STEP),
            Qt.Key.Key_Down: (0.0, _STEP),
        }
        way = ways.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        self._go(self.x_share + way[0], self.y_share + way[1])
        self.settled.emit()


def _rainbow() -> list[QColor]:
    return [QColor.fromHsvF(i / 6 % 1, 1.0, 1.0) for i in range(7)]
