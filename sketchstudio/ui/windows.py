"""All windows of the app: each with a document of its own, all with one engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.main_window import MainWindow

_STEP = QPoint(28, 28)  # from one window to the next, px


class Windows(QObject):
    """Opens windows and knows which there are.

    Args:
        service: The engine that they share.
        preferences: The settings that they share.

    Signals:
        painted: The first window is on the screen.
    """

    painted = Signal()

    def __init__(self, service: InferenceService, preferences: Preferences) -> None:
        super().__init__()
        self._service = service
        self._preferences = preferences
        self._open: list[MainWindow] = []

    @property
    def open(self) -> tuple[MainWindow, ...]:
        """The windows there are, the newest last."""
        return tuple(self._open)

    @Slot()
    def new(self) -> MainWindow:
        """Open an empty window, a little beside the one before."""
        session = Session()
        service = self._service.another()
        window = MainWindow(
            session=session,
            tools=ToolState(),
            service=service,
            proposals=Proposals(session, service),
            blending=Blending(session, service),
            preferences=self._preferences,
        )
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._open:
            before = self._open[-1]
            before.remember()
            window.resize(before.size())
            window.move(before.pos() + _STEP)
        else:
            window.painted.connect(self.painted)
        window.commands.window_wanted.connect(self.new)
        window.closed.connect(self._on_closed)
        self._open.append(window)
        window.show()
        return window

    def open_file(self, path: Path | None) -> None:
        """Open a window with the drawing of a file, or an empty one for None."""
        window = self.new()
        if path is not None:
            window.files.open_path(path)

    def remember(self) -> None:
        """Write down how the windows are, for an end without closing them."""
        for window in self._open:
            window.remember()

    @Slot()
    def leave(self) -> None:
        """End the app as it is, without a question."""
        for window in self.open:
            window.leave()
        QApplication.exit(0)

    @Slot(str)
    def show_error(self, line: str) -> None:
        """Show a line of trouble in the window that is in use."""
        if self._open:
            active = QApplication.activeWindow()
            shown = next((window for window in self._open if window is active), self._open[-1])
            shown.show_error(line)

    @Slot()
    def _on_closed(self) -> None:
        window = self.sender()
        if isinstance(window, MainWindow) and window in self._open:
            self._open.remove(window)
            window.let_go()
