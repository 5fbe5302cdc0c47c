"""What can be done with a proposal of before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from sketchstudio.state.past_proposals import PastProposals
from sketchstudio.system.language import tr
from sketchstudio.ui.panels.past_proposals import ACTIONS, PastProposalsPanel
from sketchstudio.ui.window_actions import WindowAction


class PastCommands(QObject):
    """Ties the panel's actions to `PastProposals`.

    Args:
        past: The proposals.
        window: Parent.

    Signals:
        told: One line on what was done.
    """

    told = Signal(str)

    def __init__(self, past: PastProposals, window: QWidget) -> None:
        super().__init__(window)
        self._past = past

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by id."""
        return {
            "past_apply": self.apply,
            "past_favourite": self.toggle_favourite,
            "past_copy_seed": self.copy_seed,
            "past_discard": self.discard,
        }

    def attach(self, actions: Mapping[str, WindowAction], panel: PastProposalsPanel) -> None:
        """Follow the panel from now on."""
        self._actions, self._panel = actions, panel
        panel.current_changed.connect(self._show)
        self._show()

    def apply(self) -> None:
        """Make the current one ink."""
        if (current := self._panel.current) is not None:
            self._past.apply(current)

    def toggle_favourite(self) -> None:
        """Keep the current one for good, or not any more."""
        if (current := self._panel.current) is not None:
            self._past.set_favourite(current, not current.favourite)

    def copy_seed(self) -> None:
        """Put the current one's seed on the clipboard."""
        if (current := self._panel.current) is not None:
            QGuiApplication.clipboard().setText(str(current.made.seed))
            self.told.emit(tr("Seed {seed} copied").format(seed=current.made.seed))

    def discard(self) -> None:
        """Forget the current one."""
        if (current := self._panel.current) is not None:
            self._past.discard(current)

    @Slot()
    def _show(self) -> None:
        current = self._panel.current if self._panel.isVisible() else None
        for id in ACTIONS:
            self._actions[id].setEnabled(current is not None)
        self._actions["past_favourite"].setChecked(current is not None and current.favourite)
