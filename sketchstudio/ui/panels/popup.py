"""Where popups open: by the button that opened them, within the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

_GAP = 4  # px between a popup and its button


def open_by(popup: QWidget, button: QWidget) -> None:
    """Show a popup under a button, or above it where there is more room."""
    popup.adjustSize()
    free = button.screen().availableGeometry().intersected(button.window().frameGeometry())
    corner = button.mapToGlobal(QPoint(0, 0))
    below, above = corner.y() + button.height() + _GAP, corner.y() - popup.height() - _GAP
    room_below, room_above = free.bottom() - below, corner.y() - _GAP - free.top()
    y = below if popup.height() <= room_below or room_below >= room_above else above
    popup.move(
        max(free.left(), min(corner.x(), free.right() - popup.width())),
        max(free.top(), min(y, free.bottom() - popup.height())),
    )
    popup.show()
