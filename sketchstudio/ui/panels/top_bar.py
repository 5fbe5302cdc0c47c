"""The bar on top: undo, and what the model can do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from sketchstudio.ui.icons import SIZE, set_icon
from sketchstudio.ui.window_actions import WindowAction, follow


class TopBar(QFrame):
    """Undo and redo left, the model's actions in the middle, past proposals and export right.

    Attributes:
        complete_as: Opens the choice of what to complete as.
        replace_as: Opens the choice of what to replace by.
    """

    def __init__(self, actions: Mapping[str, WindowAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self._actions = actions
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        for name in ("undo", "redo"):
            layout.addWidget(self._button(name, with_text=False))
        layout.addStretch(1)
        self._complete = QToolButton()
        self._complete.setProperty("role", "primary")
        self._complete.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._complete.setText(actions["complete"].text())
        set_icon(self._complete, "complete", on_accent=True)
        follow(self._complete, actions["complete"])
        layout.addWidget(self._complete)
        self.complete_as = self._more("complete_as")
        layout.addWidget(self.complete_as)
        layout.addWidget(self._button("redraw"))
        self.replace_as = self._more("replace_as")
        layout.addWidget(self.replace_as)
        layout.addWidget(self._button("live"))
        layout.addWidget(self._button("blend"))
        layout.addStretch(1)
        layout.addWidget(self._button("proposals", with_text=False))
        layout.addWidget(self._button("export", with_text=False))

    def _button(self, name: str, with_text: bool = True) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setIconSize(QSize(SIZE, SIZE))
        button.setAccessibleName(self._actions[name].title)
        if with_text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        else:
            button.setProperty("shape", "square")
        return button

    def _more(self, name: str) -> QToolButton:
        """An arrow beside the button of a like action, which asks for a category first."""
        button = QToolButton()
        button.setProperty("shape", "arrow")
        set_icon(button, "more")
        follow(button, self._actions[name])
        return button
