"""The cheat sheet: every key, from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.system.language import tr
from sketchstudio.ui.actions import MENUS, ids_of
from sketchstudio.ui.window_actions import WindowAction

_COLUMNS = 3  # fewer where the screen or the words leave no room
_HEADING = 2  # rows
_MOST = 0.85  # of the screen's height

Table = tuple[str, list[tuple[str, str]]]
"""A heading with names and their keys."""


class ShortcutsDialog(QDialog):
    """Columns of headings with their keys.

    Args:
        actions: By id, with the keys they have now.
        parent: The window.
    """

    def __init__(self, actions: Mapping[str, WindowAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard Shortcuts"))
        tables = _tables(actions)
        free = self.screen().availableSize()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        bar = area.verticalScrollBar().sizeHint().width() + 2
        for count in range(_COLUMNS, 0, -1):
            sheet = _sheet(_in_columns(tables, count))
            area.setWidget(sheet)  # before it is measured: it takes the fonts of the theme
            wanted = sheet.sizeHint() + QSize(bar, 0)
            if wanted.width() <= free.width():
                break
        self.resize(wanted.boundedTo(QSize(free.width(), int(free.height() * _MOST))))


def _sheet(parts: list[list[Table]]) -> QWidget:
    """The tables side by side, in columns."""
    sheet = QWidget()
    columns = QHBoxLayout(sheet)
    columns.setContentsMargins(28, 24, 28, 28)
    columns.setSpacing(40)
    for part in parts:
        column = QVBoxLayout()
        column.setSpacing(10)
        for heading, rows in part:
            column.addWidget(_title(heading))
            column.addLayout(_table(rows))
            column.addSpacing(8)
        column.addStretch(1)
        columns.addLayout(column)
    return sheet


def _tables(actions: Mapping[str, WindowAction]) -> list[Table]:
    """A table for each menu, and one for what the mouse does."""
    tables = []
    for menu in MENUS:
        listed = [actions[id] for id in ids_of(menu) if actions[id].shortcuts()]
        rows = [(action.title, tr(" or ").join(action.key_texts)) for action in listed]
        tables.append((tr(menu).split("(")[0].replace("&", ""), rows))
    mouse = [
        (tr("Pan"), tr("Space + drag, middle button, or wheel")),
        (tr("Zoom"), tr("Ctrl + wheel")),
    ]
    return [*tables, (tr("Mouse"), mouse)]


def _in_columns(tables: list[Table], count: int) -> list[list[Table]]:
    """The tables in order, in so many columns of about the same height."""
    heights = [len(rows) + _HEADING for _, rows in tables]
    columns: list[list[Table]] = [[] for _ in range(count)]
    above = 0
    for table, height in zip(tables, heights, strict=True):
        middle = above + height / 2
        columns[min(int(middle * count / sum(heights)), count - 1)].append(table)
        above += height
    return columns


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
