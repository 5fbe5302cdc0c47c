"""What can be done with ink as such: undo, the clipboard, selecting, deleting."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.clipboard import Clipboard
from sketchstudio.ui.picture_commands import PictureCommands
from sketchstudio.ui.window_actions import WindowAction


class EditCommands(QObject):
    """The Edit menu of a window.

    Args:
        session: What is edited.
        tools: Take the selection tool once all is selected.
        clipboard: Copies ink, and pastes it.
        pictures: Pastes what is a picture.
        parent: The window.
    """

    def __init__(
        self,
        session: Session,
        tools: ToolState,
        clipboard: Clipboard,
        pictures: PictureCommands,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._tools = session, tools
        self._clipboard, self._pictures = clipboard, pictures
        self._actions: Mapping[str, WindowAction] = {}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            "undo": self._session.undo,
            "redo": self._session.redo,
            "cut": self._clipboard.cut,
            "copy": self._clipboard.copy,
            "paste": self._paste,
            "delete": self._session.delete_selection,
            "select_all": self._select_all,
            "clear": self._session.clear,
        }

    def attach(self, actions: Mapping[str, WindowAction]) -> None:
        """Keep the actions as they can be used, but for pasting, which is known later."""
        self._actions = actions
        stack = self._session.undo_stack
        for id in ("undo", "redo"):
            actions[id].setEnabled(False)
        stack.canUndoChanged.connect(actions["undo"].setEnabled)
        stack.canRedoChanged.connect(actions["redo"].setEnabled)
        stack.undoTextChanged.connect(actions["undo"].set_step)
        stack.redoTextChanged.connect(actions["redo"].set_step)
        self._session.selection_changed.connect(self._show_selection)
        self._session.document_changed.connect(self._show_ink)
        QGuiApplication.clipboard().dataChanged.connect(self.show_clipboard)
        self._show_selection()
        self._show_ink()

    @Slot()
    def show_clipboard(self) -> None:
        """Look whether there is something to paste: other programs may be slow to answer."""
        picture = self._pictures.takes(QGuiApplication.clipboard().mimeData())
        self._actions["paste"].setEnabled(self._clipboard.has_ink or picture)

    def _paste(self) -> None:
        if self._clipboard.has_ink:
            self._clipboard.paste()
        else:
            self._pictures.paste()

    def _select_all(self) -> None:
        self._tools.set_tool("select")
        self._session.select_all()

    @Slot()
    def _show_selection(self) -> None:
        for id in ("cut", "copy", "duplicate", "delete"):
            self._actions[id].setEnabled(bool(self._session.selected_ids))

    @Slot()
    def _show_ink(self) -> None:
        inked = next(self._session.document.strokes(), None) is not None
        for id in ("select_all", "clear", "export"):
            self._actions[id].setEnabled(inked)
