"""The report that the last crash left, to be read and copied; it is sent nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.system.language import tr


class CrashDialog(QDialog):
    """Shows a report.

    Args:
        report: Its text.
        parent: The window.
    """

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Crash Report"))
        title = QLabel(tr("What happened when sketchstudio crashed"))
        title.setProperty("role", "title")
        note = QLabel(
            tr(
                "Whoever mends it needs this. It holds no drawing, but names of files; it is on"
                " your computer only."
            )
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Crash Report"))
        self.copy = QPushButton(tr("Copy"))
        close = QPushButton(tr("Close"))
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(note)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)
        self.resize(680, 480)
        self.copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
