"""A slider that goes where it is clicked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget


class Slider(QSlider):
    """Horizontal; a click beside the handle brings it there, ready to be dragged on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        place = event.position().toPoint()
        left = event.button() == event.buttons() == Qt.MouseButton.LeftButton
        if left and self.minimum() < self.maximum() and not handle.contains(place):
            self.setSliderDown(True)  # first: whoever hears of the value knows it is dragged
            span = self.width() - handle.width()
            offset = place.x() - handle.width() // 2
            low, high = self.minimum(), self.maximum()
            self.setValue(QStyle.sliderValueFromPosition(low, high, offset, span))
        super().mousePressEvent(event)
