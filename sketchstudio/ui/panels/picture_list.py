"""A grid of small pictures to choose from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QListWidget

_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class PictureList(QListWidget):
    """Fills its width with cells and scrolls down.

    Args:
        side: Of a picture, px.
        cell: What it takes with its name and margins, px.

    Signals:
        delete_pressed: Delete or Backspace; what is selected on the canvas stays.
    """

    delete_pressed = Signal()

    def __init__(self, side: int, cell: QSize) -> None:
        super().__init__()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(QSize(side, side))
        self.setGridSize(cell)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def event(self, event: QEvent) -> bool:
        # Else the window's shortcut for deleting ink would take the key first.
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in _DELETE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _DELETE:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)
