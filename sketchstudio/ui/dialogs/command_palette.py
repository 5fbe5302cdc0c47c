"""The command palette: any action by a few letters of its name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.state.settings import Preferences
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.actions import MENUS, ids_of
from sketchstudio.ui.fuzzy import match
from sketchstudio.ui.window_actions import WindowAction

_SIZE = QSize(480, 420)
_ROW = 32
_RECENT = 8


class CommandPalette(QDialog):
    """A search field over all actions; those used lately come first.

    Args:
        actions: By id.
        preferences: Remembers what was used lately.
        window: Whose actions these are.
    """

    def __init__(
        self, actions: Mapping[str, WindowAction], preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Find an Action"))
        self.setObjectName("palette")
        self._actions = actions
        self._preferences = preferences
        self._menu_of = {id: _plain(menu) for menu in MENUS for id in ids_of(menu)}
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("What do you want to do?"))
        self.search.setAccessibleName(tr("Find an Action"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrows reach it from the field
        self.list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._run_current)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self._show("")
        self.resize(_SIZE.boundedTo(window.size()))
        corner = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 64))
        self.move(corner)
        self.search.setFocus()

    @property
    def shown(self) -> list[str]:
        """Ids of the actions listed, best first."""
        return [
            self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())
        ]

    @Slot(str)
    def _show(self, query: str) -> None:
        self.list.clear()
        for id in self._ranked(query):
            self._add(self._actions[id])
        self.list.setCurrentRow(0)

    def _ranked(self, query: str) -> list[str]:
        recent = [id for id in self._preferences.values.recent_actions if id in self._actions]
        order = recent[:_RECENT] + [id for id in self._menu_of if id not in recent[:_RECENT]]
        order = [id for id in order if id != "palette"]
        if not query.strip():
            return order
        ranked = []
        for place, id in enumerate(order):
            action = self._actions[id]
            # English names are found in any language: manuals speak it.
            names = (f"{action.title} {self._menu_of[id]}", action.spec.text, action.spec.tip)
            scores = [score for name in names if (score := match(query, name)) is not None]
            if scores:
                ranked.append((-max(scores), place, id))
        return [id for _, _, id in sorted(ranked)]

    def _add(self, action: WindowAction) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, action.spec.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, action.title)
        item.setToolTip(action.toolTip())
        item.setSizeHint(QSize(0, _ROW))
        self.list.addItem(item)
        row = QWidget()
        row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(10, 0, 10, 0)
        name = QLabel(action.title)
        where = QLabel(self._menu_of[action.spec.id])
        keys = QLabel(", ".join(action.key_texts[:2]))
        for label in (where, keys):
            label.setProperty("role", "muted")
        if not action.isEnabled():
            name.setProperty("role", "muted")
            item.setForeground(QColor(theme.current().disabled))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        layout.addWidget(name)
        layout.addWidget(where)
        layout.addStretch(1)
        layout.addWidget(keys)
        self.list.setItemWidget(item, row)

    @Slot()
    def _run_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._run(item)

    @Slot(QListWidgetItem)
    def _run(self, item: QListWidgetItem) -> None:
        id = item.data(Qt.ItemDataRole.UserRole)
        if not self._actions[id].isEnabled():
            return
        known = self._preferences.values
        known.recent_actions = [id, *(other for other in known.recent_actions if other != id)][:12]
        self.close()
        # Once the palette is gone: the action may open a dialog, or look for the focus.
        QTimer.singleShot(0, self._actions[id], self._actions[id].trigger)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 10,
            Qt.Key.Key_PageUp: -10,
        }
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
        return super().eventFilter(watched, event)


def _plain(menu: str) -> str:
    """A menu's title without the mark of its key, which Chinese writes in brackets."""
    return tr(menu).split("(")[0].replace("&", "")
