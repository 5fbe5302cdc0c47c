"""The codes that were kept, as pictures with names."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.formats.code_files import NamedCode
from sketchstudio.state.blending import CORNERS, A
from sketchstudio.state.code_library import CodeLibrary
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.panels.picture_list import PictureList
from sketchstudio.ui.panels.sketch_view import sketch_pixmap
from sketchstudio.ui.window_actions import WindowAction, follow

_PICTURE = 48
_CELL = QSize(78, 76)
_ROWS = 2  # before it scrolls
_ID = Qt.ItemDataRole.UserRole


class CodeList(QWidget):
    """Shows a `CodeLibrary`; a code becomes an end by a double click, Return or its menu.

    Args:
        library: What is shown.
        keep: Keeps the blend there is.
        menu: Has what is done with all codes.

    Signals:
        chosen: A code shall be an end; carries the code and the end's number.
    """

    chosen = Signal(object, int)

    def __init__(self, library: CodeLibrary, keep: WindowAction, menu: QMenu) -> None:
        super().__init__()
        self._library = library
        self._corners = 2
        self.list = PictureList(_PICTURE, _CELL)
        self.list.setObjectName("code_list")
        self.list.setWordWrap(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.setAccessibleName(tr("My codes"))
        self.list.delete_pressed.connect(self.remove_selected)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.itemActivated.connect(self._on_activated)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self._empty = QLabel(tr("Keep a blend you like: it can be an end of others, or be shared."))
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        button = QToolButton()
        button.setText(tr("Keep this blend"))
        button.setProperty("role", "field")
        button.setIcon(keep.icon())
        button.setProperty("icon_name", keep.spec.icon)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        follow(button, keep)
        more = QToolButton()
        more.setProperty("role", "field")
        more.setProperty("shape", "square")
        more.setText("⋯")
        more.setAccessibleName(menu.title())
        more.setToolTip(menu.title())
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(button, 1)
        row.addWidget(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._empty)
        layout.addWidget(self.list)
        layout.addLayout(row)
        library.changed.connect(self.show_codes)
        self.show_codes()

    def set_corners(self, count: int) -> None:
        """How many ends a code can be, 2 or 4."""
        self._corners = count

    @Slot()
    def show_codes(self) -> None:
        """Show the codes there are, in the colours of the theme."""
        codes = self._library.codes
        with QSignalBlocker(self.list):
            self.list.clear()
            for kept in codes:
                self.list.addItem(self._item(kept))
        rows = min(_ROWS, -(-len(codes) // 3))
        self.list.setFixedHeight(rows * _CELL.height() + 8)
        self.list.setVisible(bool(codes))
        self._empty.setVisible(not codes)

    def edit_newest(self) -> None:
        """Let the person name the code that was just kept."""
        item = self.list.item(0)
        if item is not None:
            self.list.setCurrentItem(item)
            self.list.editItem(item)

    def remove_selected(self) -> None:
        """Forget the chosen codes."""
        ids = [item.data(_ID) for item in self.list.selectedItems()]
        if ids:
            self._library.remove(ids)

    def _item(self, kept: NamedCode) -> QListWidgetItem:
        item = QListWidgetItem(kept.name)
        item.setData(_ID, kept.id)
        item.setToolTip(kept.name)
        item.setSizeHint(_CELL)
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if kept.sketch:
            color, density = theme.current().text, self.devicePixelRatioF()
            pixmap = sketch_pixmap(kept.sketch, _PICTURE, color, density)
            icon = QIcon(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)
            item.setIcon(icon)
        return item

    def _choose(self, item: QListWidgetItem, number: int) -> None:
        id = item.data(_ID)
        kept = next((one for one in self._library.codes if one.id == id), None)
        if kept is not None:
            self.chosen.emit(kept, number)

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        self._choose(item, A)

    @Slot(QListWidgetItem)
    def _on_renamed(self, item: QListWidgetItem) -> None:
        self._library.rename(item.data(_ID), item.text())

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        item: QListWidgetItem | None = self.list.itemAt(place) or self.list.currentItem()
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, letter in zip(CORNERS[: self._corners], "ABCD", strict=False):
            action = menu.addAction(tr("Use as {letter}").format(letter=letter))
            action.triggered.connect(lambda _=False, to=number: self._choose(item, to))
        menu.addSeparator()
        menu.addAction(tr("Rename"), lambda: self.list.editItem(item))
        menu.addAction(tr("Delete"), self.remove_selected)
        menu.popup(self.list.viewport().mapToGlobal(place))
