"""Teach: its window, and what the main window tells of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sketchstudio.core.smoothing import drawn_points
from sketchstudio.engine.messages import Sketch
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Settings
from sketchstudio.state.teaching import Teaching
from sketchstudio.state.tool_state import ToolState

if TYPE_CHECKING:
    from sketchstudio.ui.dialogs.teach import TeachWindow


class TeachCommands(QObject):
    """Opens the window in which the model is taught.

    Args:
        teaching: Shared by all windows.
        session: Its ink may be an example.
        tools: Knows the pen.
        settings: Know the folder used last.
        window: Over which it opens.

    Signals:
        told: One line on what was learnt.
    """

    told = Signal(str)

    def __init__(
        self,
        teaching: Teaching,
        session: Session,
        tools: ToolState,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._teaching, self._session = teaching, session
        self._tools, self._settings, self._window = tools, settings, window
        self._shown: TeachWindow | None = None
        teaching.message.connect(self.told)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {"teach": self.show}

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        from sketchstudio.ui.dialogs.teach import TeachWindow

        if self._shown is None:
            self._shown = TeachWindow(
                self._teaching, self._ink, self._tools.input, self._settings, self._window
            )
        self._shown.show()
        self._shown.raise_()
        self._shown.activateWindow()

    def _ink(self) -> Sketch:
        """The selected ink, or else all of the active layer."""
        return tuple(map(drawn_points, self._session.meant_strokes))
