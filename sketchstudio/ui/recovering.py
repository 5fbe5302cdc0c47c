"""Keeps each window's drawing safe from crashes, and brings back what one left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from sketchstudio.recovery.places import LeftBehind, left_behind
from sketchstudio.state.keeping import Keeper
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr
from sketchstudio.ui.main_window import MainWindow


class Recovering(QObject):
    """A keeper for each window, and the dialog that offers what was left.

    Args:
        root: Folder of all journals.
        window_for: A window whose page is empty.
    """

    def __init__(self, root: Path, window_for: Callable[[], MainWindow], parent: QObject) -> None:
        super().__init__(parent)
        self._root = root
        self._window_for = window_for
        self._keepers: dict[MainWindow, Keeper] = {}

    def watch(self, window: MainWindow, session: Session) -> None:
        """Keep what is drawn in a window from now on."""
        keeper = self._keepers[window] = Keeper(session, self._root)
        keeper.watch_ink(window.canvas.ink_under_pen)
        keeper.trouble.connect(window.show_keeping)
        window.canvas.ink_started.connect(keeper.on_ink_started)

    def leave(self, window: MainWindow) -> None:
        """A window closes: what was not asked about is kept for the next start."""
        self._keepers.pop(window).close(keep=window.leaves_unsaved)

    def flush(self) -> None:
        """Be sure that all windows' drawings are on the disk."""
        for keeper in self._keepers.values():
            keeper.flush()

    def offer(self, window: MainWindow, asked: bool = False) -> None:
        """Show what a crash left, over a window; where there is nothing, say so if asked."""
        found = left_behind(self._root)
        if found:
            # Imported when it is needed: the window comes first.
            from sketchstudio.ui.dialogs.recovery import RecoveryDialog

            dialog = RecoveryDialog(found, window)
            dialog.restore_wanted.connect(self.restore)
            dialog.open()
        elif asked:
            window.tell(tr("There is nothing to recover"))

    @Slot(object)
    def restore(self, left: LeftBehind) -> None:
        """Go on with a drawing; its journal goes once the window's own holds it."""
        window = self._window_for()
        window.files.restore(left.draft)
        if self._keepers[window].flush():
            left.place.delete()
        else:
            left.place.release()
