"""The History panel: every step by its name; a click goes there."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QUndoView, QVBoxLayout, QWidget

from sketchstudio.state.session import Session
from sketchstudio.system.language import tr


class HistoryPanel(QWidget):
    """Lists the undo steps of a session, the first one on top.

    Args:
        session: Whose history it is.
        parent: As in Qt.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_panel")
        title = QLabel(tr("History"))
        title.setProperty("role", "title")
        self.list = QUndoView(session.undo_stack)
        self.list.setEmptyLabel(tr("As opened"))
        self.list.setAccessibleName(tr("History"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
