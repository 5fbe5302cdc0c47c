"""All windows of the app: each with a document of its own, all with one engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.code_library import CodeLibrary
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.teaching import Teaching
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.system.paths import recovery_folder
from sketchstudio.ui.main_window import MainWindow
from sketchstudio.ui.recovering import Recovering

_STEP = QPoint(28, 28)  # from one window to the next, px


class Windows(QObject):
    """Opens windows and knows which there are.

    Args:
        service: The engine that they share.
        preferences: The settings that they share.
        library: The codes that they share; None keeps them as long as the app runs.
        teaching: What the model is taught by; None has each window teach by itself.

    Signals:
        painted: The first window is on the screen.
    """

    painted = Signal()

    def __init__(
        self,
        service: InferenceService,
        preferences: Preferences,
        library: CodeLibrary | None = None,
        teaching: Teaching | None = None,
    ) -> None:
        super().__init__()
        self._library = library or CodeLibrary()
        self._service, self._teaching = service, teaching
        self._preferences = preferences
        self._open: list[MainWindow] = []
        self._recovering = Recovering(recovery_folder(), self._untouched, self)

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
            blending=Blending(session, service, self._library),
            preferences=self._preferences,
            teaching=self._teaching,
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
        window.explore.set_sessions(self._sessions)
        window.commands.recovery_wanted.connect(self._on_recovery_wanted)
        self._recovering.watch(window, session)
        window.closed.connect(self._on_closed)
        self._open.append(window)
        window.show()
        return window

    def open_file(self, path: Path | None) -> None:
        """Open a window with the drawing of a file, or an empty one for None."""
        window = self.new()
        if path is not None:
            window.files.open_path(path)

    @Slot()
    def offer_recovery(self) -> None:
        """Show what was open when the app ended without being told to; nothing where it was."""
        if self._open:
            self._recovering.offer(self._open[-1])

    @Slot()
    def tell_of_crash(self) -> None:
        """Say that the app crashed the last time, and where the report is."""
        self.show_error(
            tr("sketchstudio crashed the last time. Help ▸ Crash Report shows what happened.")
        )

    def remember(self) -> None:
        """Write down how the windows are and what is in them, for an end without closing them."""
        self._recovering.flush()
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
            self._shown().show_error(line)

    def _sessions(self) -> tuple[Session, ...]:
        return tuple(window.session for window in self._open)

    @Slot()
    def _on_closed(self) -> None:
        window = self.sender()
        if isinstance(window, MainWindow) and window in self._open:
            self._open.remove(window)
            window.let_go()
            self._recovering.leave(window)

    @Slot()
    def _on_recovery_wanted(self) -> None:
        self._recovering.offer(self._shown(), asked=True)

    def _shown(self) -> MainWindow:
        """The window in use, else the newest."""
        active = QApplication.activeWindow()
        return next((window for window in self._open if window is active), self._open[-1])

    def _untouched(self) -> MainWindow:
        """A window with nothing in it, a new one where there is none."""
        return next((window for window in self._open if window.is_untouched), None) or self.new()
