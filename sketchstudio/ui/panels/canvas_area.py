"""The canvas with what floats over it: the proposal's buttons and lines of trouble."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from sketchstudio.ui.actions import SPECS, keys_text
from sketchstudio.ui.icons import set_icon

_GAP = 18  # px between what floats and the canvas's edge


class ProposalBar(QFrame):
    """Accept, Again and Reject, shown while there is a proposal."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("proposal_bar")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        for name in ("accept", "again", "reject"):
            button = QToolButton()
            button.setText(f"{SPECS[name].text}  {keys_text(SPECS[name].keys[0])}")
            button.setToolTip(actions[name].toolTip())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            set_icon(button, SPECS[name].icon)
            button.clicked.connect(actions[name].trigger)
            # The canvas keeps the focus, so that its keys go on working.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(button)


class Banner(QFrame):
    """One line of trouble that stays until it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setProperty("shape", "square")
        close.setToolTip("Close")
        close.setAccessibleName("Close")
        set_icon(close, "reject")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 6, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(close)
        self.hide()


class CanvasArea(QWidget):
    """Holds the canvas and keeps what floats over it in place."""

    def __init__(self, canvas: QWidget, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(canvas)
        self.proposal_bar = ProposalBar(actions, self)
        self.proposal_bar.hide()
        self.banner = Banner(self)

    @Slot(str)
    def show_error(self, line: str) -> None:
        """Show a line of trouble over the canvas."""
        self.banner.label.setText(line)
        self.banner.show()
        self._place()

    def show_proposal(self, shown: bool) -> None:
        """Show or hide the proposal's buttons."""
        self.proposal_bar.setVisible(shown)
        self._place()

    def _place(self) -> None:
        bar, banner = self.proposal_bar, self.banner
        bar.adjustSize()
        bar.move((self.width() - bar.width()) // 2, self.height() - bar.height() - _GAP)
        width = max(min(560, self.width() - 2 * _GAP), 160)
        banner.resize(width, banner.heightForWidth(width))
        banner.move((self.width() - banner.width()) // 2, _GAP)
        bar.raise_()
        banner.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
