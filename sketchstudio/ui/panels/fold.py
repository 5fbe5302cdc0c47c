"""A part of a panel that folds away under its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from sketchstudio.ui.icons import set_icon


class Fold(QWidget):
    """A title that shows and hides what is under it, by mouse and keys.

    Args:
        id: By which it is remembered.
        title: What the person reads.
        body: What is under it.

    Signals:
        toggled: It was opened or closed.
    """

    toggled = Signal(bool)

    def __init__(self, id: str, title: str, body: QWidget) -> None:
        super().__init__()
        self.id = id
        self._body = body
        self.header = QToolButton()
        self.header.setProperty("role", "fold")
        self.header.setText(title)
        self.header.setAccessibleName(title)
        self.header.setCheckable(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.toggled.connect(self._on_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.header)
        layout.addWidget(body)
        self._on_toggled(False)

    @property
    def is_open(self) -> bool:
        return self.header.isChecked()

    def set_open(self, wanted: bool) -> None:
        """Show or hide what is under it."""
        self.header.setChecked(wanted)

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:
        self._body.setVisible(wanted)
        set_icon(self.header, "more" if wanted else "folded")
        self.toggled.emit(wanted)
