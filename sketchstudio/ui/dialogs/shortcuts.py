"""The cheat sheet: every key, from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sketchstudio.ui.actions import SHEET, SPECS, keys_text

_MORE = (
    ("Pan", "Space + drag, middle button, or wheel"),
    ("Zoom", "Ctrl + wheel"),
)


class ShortcutsDialog(QDialog):
    """Two columns of headings with their keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard Shortcuts")
        columns = QHBoxLayout(self)
        columns.setContentsMargins(28, 24, 28, 28)
        columns.setSpacing(44)
        headings = list(SHEET)
        for part in (headings[:2], headings[2:]):
            column = QVBoxLayout()
            column.setSpacing(10)
            for heading in part:
                column.addWidget(_title(heading))
                rows = [(SPECS[id].text.rstrip("…"), SPECS[id].keys) for id in SHEET[heading]]
                column.addLayout(
                    _table([(text, "  or  ".join(map(keys_text, keys))) for text, keys in rows])
                )
                column.addSpacing(8)
            if part[-1] == headings[-1]:
                column.addWidget(_title("Mouse"))
                column.addLayout(_table(list(_MORE)))
            column.addStretch(1)
            columns.addLayout(column)


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    return label


def _table(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    for row, (text, keys) in enumerate(rows):
        grid.addWidget(QLabel(text), row, 0)
        shown = QLabel(keys)
        shown.setProperty("role", "muted")
        shown.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(shown, row, 1)
    return grid
