"""The menu that takes the selected strokes to a layer chosen by name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sketchstudio.state.session import Session
from sketchstudio.ui.icons import icon
from sketchstudio.ui.layer_commands import LayerCommands


class LayerMenu(QObject):
    """Lists the layers below what the menu already holds, the highest first, when it opens.

    Args:
        session: Whose layers, and whose selection.
        commands: Move the ink.
        menu: Of the window.
    """

    def __init__(self, session: Session, commands: LayerCommands, menu: QMenu) -> None:
        super().__init__(menu)
        self._session = session
        self._commands = commands
        self._menu = menu
        self._listed: list[QAction] = []
        menu.aboutToShow.connect(self._fill)
        session.selection_changed.connect(self._show)
        self._show()

    @Slot()
    def _fill(self) -> None:
        for entry in self._listed:
            entry.deleteLater()
        self._listed = []
        current = self._session.active_layer
        for layer in reversed(self._session.document.layers):
            entry = self._menu.addAction(layer.name.replace("&", "&&"))
            entry.setCheckable(layer.id == current.id)
            entry.setChecked(layer.id == current.id)
            entry.setEnabled(self._commands.takes_ink(layer))
            if layer.locked or not layer.visible:
                entry.setIcon(icon("lock" if layer.locked else "eye_off"))
                entry.setIconVisibleInMenu(True)
            entry.triggered.connect(partial(self._commands.move_ink_to, layer))
            self._listed.append(entry)

    @Slot()
    def _show(self) -> None:
        self._menu.menuAction().setEnabled(bool(self._session.selected_ids))
