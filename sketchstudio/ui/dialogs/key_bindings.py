"""The Shortcuts page of the preferences: which key runs which action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.state.settings import Preferences
from sketchstudio.system.language import tr
from sketchstudio.ui.actions import MENUS, SPECS, ids_of
from sketchstudio.ui.bindings import RESERVED, keys_of, owner, rebound, restored

_ID = Qt.ItemDataRole.UserRole


class KeyBindings(QWidget):
    """A list of all actions with their keys, and below it the keys of the chosen one.

    Args:
        preferences: Hold the bindings.
        parent: As in Qt.
    """

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self.tree.setAccessibleName(tr("Actions and their keys"))
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._headings: list[QTreeWidgetItem] = []
        self._fill()

        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        self.keys.setAccessibleName(tr("New key"))
        self.assign = QPushButton(tr("Set"))
        self.restore = QPushButton(tr("Reset"))
        self.restore_all = QPushButton(tr("Reset all keys"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(self.keys, 1)
        row.addWidget(self.assign)
        row.addWidget(self.restore)
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addWidget(self.restore_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tree, 1)
        layout.addLayout(row)
        layout.addLayout(foot)

        self.tree.currentItemChanged.connect(self._on_chosen)
        self.keys.keySequenceChanged.connect(self._on_typed)
        self.assign.clicked.connect(self._on_assign)
        self.restore.clicked.connect(self._on_restore)
        self.restore_all.clicked.connect(self._on_restore_all)
        preferences.changed.connect(self._on_preference)
        self._on_chosen()

    def choose(self, id: str) -> None:
        """Have an action's keys below the list."""
        self.tree.setCurrentItem(self._items[id])

    def filter(self, text: str) -> bool:
        """List only actions with ``text`` in name or keys; whether there are any."""
        wanted = text.strip().casefold()
        for item in self._items.values():
            said = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(wanted not in said)
        for heading in self._headings:
            heading.setHidden(
                all(item.isHidden() for item in self._items.values() if item.parent() is heading)
            )
        return any(not item.isHidden() for item in self._items.values())

    def _fill(self) -> None:
        for menu in MENUS:
            heading = QTreeWidgetItem(self.tree, [tr(menu).split("(")[0].replace("&", "")])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._headings.append(heading)
            for id in ids_of(menu):
                item = QTreeWidgetItem(heading, [tr(SPECS[id].text).rstrip("…")])
                item.setData(0, _ID, id)
                self._items[id] = item
        self.tree.expandAll()
        self._show_keys()

    def _show_keys(self) -> None:
        bindings = self._preferences.values.shortcuts
        for id, item in self._items.items():
            item.setText(1, ", ".join(map(_native, keys_of(id, bindings))))
            font = item.font(1)
            font.setBold(id in bindings)
            item.setFont(1, font)

    @property
    def _chosen(self) -> str | None:
        item = self.tree.currentItem()
        return item.data(0, _ID) if item else None

    @property
    def _typed(self) -> str:
        return self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    @Slot()
    def _on_chosen(self) -> None:
        id = self._chosen
        for control in (self.keys, self.assign, self.restore):
            control.setEnabled(id is not None)
        first = keys_of(id, self._preferences.values.shortcuts)[:1] if id else ()
        self.keys.setKeySequence(QKeySequence(first[0] if first else ""))
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        """Name who has the key now, and whether setting it would take it away."""
        id, bindings = self._chosen, self._preferences.values.shortcuts
        self.restore.setEnabled(id in bindings)
        self.restore_all.setEnabled(bool(bindings))
        self.assign.setText(tr("Set"))
        self.assign.setEnabled(id is not None)
        if id is None:
            self.message.setText(tr("Choose an action, then press its new key in the field."))
            return
        other = owner(self._typed, bindings) if self._typed else None
        if self._typed in RESERVED:
            self.message.setText(
                tr("{key} is taken: {what}.").format(
                    key=_native(self._typed), what=tr(RESERVED[self._typed])
                )
            )
            self.assign.setEnabled(False)
        elif other not in (None, id):
            self.message.setText(
                tr("{key} runs {action} now, which would lose it.").format(
                    key=_native(self._typed), action=tr(SPECS[str(other)].text).rstrip("…")
                )
            )
            self.assign.setText(tr("Take over"))
        else:
            self.message.setText("")

    @Slot()
    def _on_assign(self) -> None:
        id = self._chosen
        if id is not None:
            keys = (self._typed,) if self._typed else ()
            self._set(rebound(id, keys, self._preferences.values.shortcuts))

    @Slot()
    def _on_restore(self) -> None:
        id = self._chosen
        if id is not None:
            self._set(restored(id, self._preferences.values.shortcuts))
            self._on_chosen()

    @Slot()
    def _on_restore_all(self) -> None:
        self._set({})
        self._on_chosen()

    def _set(self, bindings: dict[str, list[str]]) -> None:
        self._preferences.set("shortcuts", bindings)

    @Slot(str)
    def _on_preference(self, name: str) -> None:
        if name == "shortcuts":
            self._show_keys()
            self._on_typed()


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
