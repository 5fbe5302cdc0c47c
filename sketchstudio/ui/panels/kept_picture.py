"""A picture that is painted once for all the times a widget shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class KeptPicture:
    """What a widget shows that changes less often than the widget is painted.

    Args:
        widget: Whose size and screen it is for.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._painted: tuple[object, QPixmap] | None = None

    def forget(self) -> None:
        """What it shows is another now."""
        self._painted = None

    def show(self, painter: QPainter, color: str, paint: Callable[[QPainter], None]) -> None:
        """Put it on the widget.

        Args:
            painter: Of the widget.
            color: What it is painted in, as a reason to paint it anew.
            paint: Paints it, where it is not there yet.
        """
        density = self._widget.devicePixelRatioF()
        of = (self._widget.size(), color, density)
        if self._painted is None or self._painted[0] != of:
            pixmap = QPixmap(self._widget.size() * density)
            pixmap.setDevicePixelRatio(density)
            pixmap.fill(Qt.GlobalColor.transparent)
            onto = QPainter(pixmap)
            paint(onto)
            onto.end()
            self._painted = of, pixmap
        painter.drawPixmap(0, 0, self._painted[1])
