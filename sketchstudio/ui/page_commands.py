"""What can be done with the page: its paper, and how it lies on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from sketchstudio.core.document import Pattern
from sketchstudio.core.edits import PageChanged
from sketchstudio.state.session import Session
from sketchstudio.ui.canvas.view import CanvasView
from sketchstudio.ui.window_actions import WindowAction


class PageCommands(QObject):
    """Edits the page of a session and turns it on a canvas.

    Args:
        session: Whose page it is.
        canvas: Shows it.
        window: Dialogs open over it.
    """

    def __init__(self, session: Session, canvas: CanvasView, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._canvas = canvas
        self._window = window
        self._actions: Mapping[str, WindowAction] = {}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            "page": self._show_dialog,
            "turn_left": self._canvas.turn_left,
            "turn_right": self._canvas.turn_right,
            "turn_reset": self._canvas.reset_turn,
            "zoom_selection": self._canvas.fit_selection,
            **{f"paper_{pattern}": partial(self.set_pattern, pattern) for pattern in Pattern},
        }

    def attach(self, actions: Mapping[str, WindowAction]) -> None:
        """Keep the actions as they can be used."""
        self._actions = actions
        self._session.document_changed.connect(self._show_page)
        self._session.selection_changed.connect(self._show_selection)
        self._canvas.view_changed.connect(self._show_turn)
        self._show_page()
        self._show_selection()
        self._show_turn()

    def set_pattern(self, pattern: Pattern) -> None:
        """Print something else on the paper."""
        page = self._session.document.page
        changed = replace(page, pattern=pattern)
        self._session.execute(PageChanged(page, changed, "Change paper"))

    def _show_dialog(self) -> None:
        from sketchstudio.ui.dialogs.page import PageDialog

        PageDialog(self._session, self._window).open()

    @Slot()
    def _show_page(self) -> None:
        self._actions[f"paper_{self._session.document.page.pattern}"].setChecked(True)

    @Slot()
    def _show_selection(self) -> None:
        self._actions["zoom_selection"].setEnabled(bool(self._session.selected_ids))

    @Slot()
    def _show_turn(self) -> None:
        self._actions["turn_reset"].setEnabled(self._canvas.angle != 0)
