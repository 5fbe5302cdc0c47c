"""The slider of a blend: from A to B, and where it is allowed beyond both."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QWidget

from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.panels.slider import Slider

STEPS = 1000


class BetweenSlider(Slider):
    """A slider whose marks show the ends, where it goes on beyond them.

    Signals:
        moved: The position, 0 at A and 1 at B.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = 0.0, 1.0
        self.setProperty("role", "between")
        self.setRange(0, STEPS)
        self.setPageStep(STEPS // 10)
        self.setSingleStep(STEPS // 100)
        self.setAccessibleName(tr("Position between A and B"))
        self.valueChanged.connect(self._on_value)

    def show_position(self, position: float, span: tuple[float, float]) -> None:
        """Show a position within a span; does not emit ``moved``."""
        if (self._low, self._high) != span:
            self._low, self._high = span
            self.update()
        with QSignalBlocker(self):
            self.setValue(round((position - self._low) / (self._high - self._low) * STEPS))

    @property
    def position(self) -> float:
        return self._low + (self._high - self._low) * self.value() / STEPS

    @Slot(int)
    def _on_value(self, _: int) -> None:
        self.moved.emit(self.position)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._low < 0:
            self._paint_marks()
        super().paintEvent(event)

    def _paint_marks(self) -> None:
        """A tick for each end, and the groove between them as the way itself."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        span, half = self.width() - handle.width(), handle.width() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().muted))
        for end in (0.0, 1.0):
            x = half + span * (end - self._low) / (self._high - self._low)
            painter.drawRoundedRect(QRectF(x - 1, 1, 2, self.height() - 2), 1, 1)
        painter.end()
