"""The column beside the canvas that holds layers and history."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.ui.layer_commands import LayerCommands
from sketchstudio.ui.panels.history import HistoryPanel
from sketchstudio.ui.panels.layers import LayersPanel
from sketchstudio.ui.window_actions import WindowAction

_WIDTH = 248


class SidePanels(QWidget):
    """Panels that can be shown one by one; the column goes with the last of them.

    Args:
        session: Whose layers and history.
        layers: What is done with layers.
        actions: Of the window; ``layers`` and ``history`` show and hide the panels.
        preferences: Which of them were shown the last time.
        parent: As in Qt.
    """

    def __init__(
        self,
        session: Session,
        layers: LayerCommands,
        actions: Mapping[str, WindowAction],
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("side_panels")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._actions = actions
        self._preferences = preferences
        self.layers = LayersPanel(session, layers, actions)
        self.history = HistoryPanel(session)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.layers)
        splitter.addWidget(self.history)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        actions["layers"].setChecked(preferences.values.layers_panel)
        actions["history"].setChecked(preferences.values.history_panel)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Show the panels whose actions are checked."""
        layers, history = (self._actions[id].isChecked() for id in ("layers", "history"))
        self.layers.setVisible(layers)
        self.history.setVisible(history)
        self.setVisible(layers or history)

    def keep(self) -> None:
        """Remember which panels are shown."""
        known = self._preferences.values
        known.layers_panel = self._actions["layers"].isChecked()
        known.history_panel = self._actions["history"].isChecked()
