"""The Layers panel: what lies over what, and which layer the pen works on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.document import Layer
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr
from sketchstudio.ui.icons import icon, set_icon
from sketchstudio.ui.layer_commands import LayerCommands
from sketchstudio.ui.panels.slider import Slider
from sketchstudio.ui.window_actions import WindowAction, follow

_EYE, _LOCK, _NAME = range(3)
_BUTTONS = {
    "layer_add": "add",
    "layer_delete": "delete",
    "layer_merge": "merge",
    "layer_raise": "up",
    "layer_lower": "down",
}


class LayersPanel(QWidget):
    """Lists the layers, the highest first.

    Args:
        session: Whose layers they are.
        commands: What is done with them.
        actions: Of the window.
        parent: As in Qt.
    """

    def __init__(
        self,
        session: Session,
        commands: LayerCommands,
        actions: Mapping[str, WindowAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("layers_panel")
        self._session = session
        self._commands = commands
        self._shown: tuple[object, ...] = ()
        self._gesture = 0
        title = QLabel(tr("Layers"))
        title.setProperty("role", "title")
        self.list = _LayerList()
        self.list.setAccessibleName(tr("Layers"))
        self.list.pressed_on.connect(self._on_pressed)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.moved.connect(self._on_moved)
        self.list.toggled.connect(self._on_toggled)
        self.list.menu_wanted.connect(self._on_menu_wanted)
        self.opacity = Slider()
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setAccessibleName(tr("Opacity of the layer"))
        self.opacity.valueChanged.connect(self._on_opacity)
        self.opacity.sliderPressed.connect(self._begin_gesture)
        self.opacity.sliderReleased.connect(self._begin_gesture)  # keys may follow
        self._percent = QLabel()
        self._percent.setProperty("role", "muted")
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label = QLabel(tr("Opacity"))
        label.setBuddy(self.opacity)
        see_through = QHBoxLayout()
        for widget in (label, self.opacity, self._percent):
            see_through.addWidget(widget, widget is self.opacity)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for id, picture in _BUTTONS.items():
            button = QToolButton()
            button.setProperty("shape", "square")
            set_icon(button, picture)
            follow(button, actions[id])
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
        layout.addLayout(see_through)
        layout.addLayout(buttons)
        session.document_changed.connect(self._show)
        session.active_layer_changed.connect(self._show)
        self._show()

    def refresh(self) -> None:
        """Show everything anew, as in another theme."""
        self._shown = ()
        self._show()

    @Slot()
    def _show(self) -> None:
        """Show the layers as they are, where they are otherwise than shown."""
        layers, active = self._session.document.layers, self._session.active_layer
        looks = (
            active.id,
            *((a.id, a.name, a.visible, a.locked, a.opacity) for a in layers),
        )
        if looks == self._shown:
            return
        self._shown = looks
        percent = round(active.opacity * 100)
        with QSignalBlocker(self.list), QSignalBlocker(self.opacity):
            # Rows are kept: this may be the answer to a signal of one of them.
            for _ in range(self.list.topLevelItemCount(), len(layers)):
                self.list.addTopLevelItem(QTreeWidgetItem())
            for row in reversed(range(len(layers), self.list.topLevelItemCount())):
                self.list.takeTopLevelItem(row)
            for row, layer in enumerate(reversed(layers)):
                item = self.list.topLevelItem(row)
                assert item is not None
                _fill(item, layer)
                if layer is active:
                    self.list.setCurrentItem(item, _NAME)
            self.opacity.setValue(percent)
        self._percent.setText(f"{percent} %")

    def _layer_of(self, item: QTreeWidgetItem) -> Layer:
        return self._session.document.layers[-1 - self.list.indexOfTopLevelItem(item)]

    @Slot(int, int)
    def _on_pressed(self, row: int, column: int) -> None:
        layer = self._session.document.layers[-1 - row]
        if column == _EYE:
            self._commands.set_visible(layer, not layer.visible)
        else:
            self._commands.set_locked(layer, not layer.locked)

    @Slot(QTreeWidgetItem, int)
    def _on_renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME:
            self._commands.rename(self._layer_of(item), item.text(_NAME))
            self.refresh()  # blanks are cut off, and an empty name is no name

    @Slot(QTreeWidgetItem)
    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._session.set_active_layer(self._layer_of(item).id)

    @Slot(int, int)
    def _on_moved(self, start: int, stop: int) -> None:
        top = len(self._session.document.layers) - 1
        self._commands.move(top - start, top - stop)

    @Slot()
    def _on_toggled(self) -> None:
        self._commands.toggle_visible()

    @Slot(int, QPoint)
    def _on_menu_wanted(self, row: int, place: QPoint) -> None:
        self.menu_of(self._session.document.layers[-1 - row]).popup(place)

    def menu_of(self, layer: Layer) -> QMenu:
        """What can be done with one layer, whether it is the current one or not."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        commands, item = self._commands, self._item_of(layer)
        move = menu.addAction(tr("Move Selection Here"))
        move.setEnabled(bool(self._session.selected_ids) and commands.takes_ink(layer))
        move.triggered.connect(partial(commands.move_ink_to, layer))
        menu.addSeparator()
        show = menu.addAction(tr("Hide Layer") if layer.visible else tr("Show Layer"))
        show.triggered.connect(partial(commands.set_visible, layer, not layer.visible))
        lock = menu.addAction(tr("Unlock Layer") if layer.locked else tr("Lock Layer"))
        lock.triggered.connect(partial(commands.set_locked, layer, not layer.locked))
        rename = menu.addAction(tr("Rename Layer…"))
        rename.triggered.connect(partial(self.list.editItem, item, _NAME))
        return menu

    def _item_of(self, layer: Layer) -> QTreeWidgetItem:
        layers = self._session.document.layers
        item = self.list.topLevelItem(len(layers) - 1 - layers.index(layer))
        assert item is not None
        return item

    @Slot()
    def _begin_gesture(self) -> None:
        self._gesture += 1

    @Slot(int)
    def _on_opacity(self, percent: int) -> None:
        gesture = ("opacity", self._gesture)
        self._commands.set_opacity(self._session.active_layer, percent / 100, gesture)


class _LayerList(QTreeWidget):
    """Rows of eye, lock and name; rows can be dragged.

    Signals:
        pressed_on: The eye or the lock of a row was pressed; carries row and column.
        moved: A row was dragged from one place to another.
        toggled: Space was pressed: the current layer shall show or hide.
        menu_wanted: The menu of a row was asked for; carries the row and the place on the screen.
    """

    pressed_on = Signal(int, int)
    moved = Signal(int, int)
    toggled = Signal()
    menu_wanted = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # but the name, below
        self.itemDoubleClicked.connect(self._on_double_click)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setMinimumSectionSize(28)
        header.setStretchLastSection(True)
        for column in (_EYE, _LOCK):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, 30)

    @Slot(QTreeWidgetItem)
    def _on_double_click(self, item: QTreeWidgetItem) -> None:
        self.editItem(item, _NAME)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() in (_EYE, _LOCK):
            self.pressed_on.emit(index.row(), index.column())  # the current layer stays current
        elif event.button() != Qt.MouseButton.RightButton:  # its menu is for what is selected
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menu_wanted.emit(index.row(), self.viewport().mapToGlobal(place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).column() == _NAME:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        start = self.currentIndex().row()
        target = self.indexAt(event.position().toPoint())
        stop = target.row() if target.isValid() else self.topLevelItemCount() - 1
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        if target.isValid() and below and stop < start:
            stop += 1
        above = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.AboveItem
        if target.isValid() and above and stop > start:
            stop -= 1
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the document moves it, then it shows
        event.accept()
        self.moved.emit(start, stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        elif event.key() == Qt.Key.Key_F2 and item is not None:
            self.editItem(item, _NAME)
        else:
            super().keyPressEvent(event)


def _fill(item: QTreeWidgetItem, layer: Layer) -> None:
    item.setText(_NAME, layer.name)
    item.setIcon(_EYE, icon("eye" if layer.visible else "eye_off"))
    item.setIcon(_LOCK, icon("lock" if layer.locked else "unlock"))
    item.setToolTip(_EYE, tr("Hide the layer") if layer.visible else tr("Show the layer"))
    item.setToolTip(_LOCK, tr("Unlock the layer") if layer.locked else tr("Lock the layer"))
    item.setToolTip(_NAME, tr("Double-click to rename"))
    said = [layer.name]
    said += [] if layer.visible else [tr("hidden")]
    said += [tr("locked")] if layer.locked else []
    item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, ", ".join(said))
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    item.setFlags(flags | Qt.ItemFlag.ItemIsEditable)
