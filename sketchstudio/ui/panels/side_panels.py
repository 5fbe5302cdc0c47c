"""The column beside the canvas that holds layers, history and past proposals."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from sketchstudio.state.past_proposals import PastProposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.ui.layer_commands import LayerCommands
from sketchstudio.ui.panels.history import HistoryPanel
from sketchstudio.ui.panels.layers import LayersPanel
from sketchstudio.ui.panels.past_proposals import PastProposalsPanel
from sketchstudio.ui.window_actions import WindowAction

PANELS = ("layers", "history", "proposals")
"""Actions that show a panel each, from top to bottom; also in the names of their settings."""

_WIDTH = 248


class SidePanels(QWidget):
    """Panels that can be shown one by one; the column goes with the last of them.

    Args:
        session: Whose layers and history.
        layers: What is done with layers.
        past: The proposals of before.
        actions: Of the window; those of `PANELS` show and hide the panels.
        preferences: Which of them were shown the last time.
        parent: As in Qt.
    """

    def __init__(
        self,
        session: Session,
        layers: LayerCommands,
        past: PastProposals,
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
        self.proposals = PastProposalsPanel(past, actions)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        self._panels = dict(zip(PANELS, (self.layers, self.history, self.proposals), strict=True))
        for panel in self._panels.values():
            splitter.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        for id in PANELS:
            actions[id].setChecked(getattr(preferences.values, f"{id}_panel"))
        self.show_chosen()

    def show_chosen(self, room: bool = True) -> None:
        """Show the panels whose actions are checked, if there is room for the column."""
        wanted = [id for id in PANELS if self._actions[id].isChecked()]
        for id, panel in self._panels.items():
            panel.setVisible(id in wanted)
        self.setVisible(room and bool(wanted))

    def refresh(self) -> None:
        """Show in the colours of the theme."""
        self.layers.refresh()
        self.proposals.refresh()

    def keep(self) -> None:
        """Remember which panels are shown."""
        for id in PANELS:
            setattr(self._preferences.values, f"{id}_panel", self._actions[id].isChecked())
