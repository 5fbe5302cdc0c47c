"""Which columns stand beside the canvas: those that are wanted, as far as there is room."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from sketchstudio.ui.panels.side_panels import PANELS, SidePanels
from sketchstudio.ui.window_actions import WindowAction

_CANVAS = 240  # px that the canvas keeps, however many columns are wanted


class Columns:
    """Shows the side panels and the Blend panel; in a narrow window the one asked for last.

    A column that gave way stays wanted: it is back as soon as there is room, or when it is asked
    for again, in place of the other.

    Args:
        side: Layers, history and past proposals.
        blend: The Blend panel.
        actions: Of the window; those that are checked say what is wanted.
    """

    def __init__(
        self, side: SidePanels, blend: QWidget, actions: Mapping[str, WindowAction]
    ) -> None:
        self._side = side
        self._blend = blend
        self._actions = actions
        self._first: QWidget = blend
        self._gave_way: QWidget | None = None
        self._room = 0

    def fit(self, room: int) -> None:
        """Show what is wanted in that room, px, which they share with the canvas."""
        self._room = room
        self.show_wanted()

    def ask_for(self, id: str) -> None:
        """The person used that action: what it shows comes first from now on."""
        column = self._blend if id == "blend" else self._side
        if column is self._gave_way:
            self._actions[id].setChecked(True)  # it was checked, but nothing was to be seen
        if self._actions[id].isChecked():
            self._first = column
        self.show_wanted()

    def show_wanted(self) -> None:
        """Show what is wanted and has room, and nothing else."""
        side = any(self._actions[id].isChecked() for id in PANELS)
        blend = self._actions["blend"].isChecked()
        needed = self._side.width() + self._blend.width() + _CANVAS
        narrow = side and blend and self._room < needed
        self._gave_way = None
        if narrow:
            self._gave_way = self._side if self._first is self._blend else self._blend
        self._side.show_chosen(room=self._gave_way is not self._side)
        self._blend.setVisible(blend and self._gave_way is not self._blend)
