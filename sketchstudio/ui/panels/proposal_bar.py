"""What can be done about a proposal: a bar that floats over the canvas."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.alternatives import Alternatives
from sketchstudio.ui.window_actions import WindowAction, follow

_WITH_WORDS = ("accept", "again", "reject")
_BUTTONS = ("accept", "again", "more_like_this", "pin", "reject")
_PADDING = 6  # px


class Room(enum.IntEnum):
    """How much room there is for the bar."""

    AMPLE = 0
    SCARCE = 1
    """Words are left off the buttons."""
    NARROW = 2
    """And the buttons take a row of their own."""


class ProposalBar(QFrame):
    """Shown while there is a proposal or one is being drawn.

    Attributes:
        words: What the proposal waits for, in a line of its own; hidden while it is empty.
        scope: Which ink it is about; a click changes that.
        status: A few words on the proposal; a click changes its influence and seed.
        alternatives: What the model drew; hidden while there is no choice.
    """

    def __init__(self, actions: Mapping[str, WindowAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("proposal_bar")
        self._room = Room.AMPLE
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.scope = _quiet(actions["last_object"])
        self.status = _quiet(actions["sampling"])
        self.status.setMinimumWidth(self.fontMetrics().horizontalAdvance("Seed 99999") + 16)
        self._buttons = {name: _ActionButton(actions[name]) for name in _BUTTONS}
        said, buttons = QHBoxLayout(), QHBoxLayout()
        for widget in (self.scope, self.status):
            said.addWidget(widget)
        said.addStretch(1)
        for button in self._buttons.values():
            buttons.addWidget(button)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for part in (said, buttons, row):
            part.setSpacing(4)
        row.addLayout(said, 1)
        row.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        layout.setSpacing(2)
        self.alternatives = Alternatives()
        self.alternatives.hide()
        layout.addWidget(self.words)
        layout.addWidget(self.alternatives)
        layout.addLayout(row)
        # The canvas keeps the focus, so that its keys go on working.
        for widget in (self.scope, self.status, *self._buttons.values()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_room(self, room: Room) -> None:
        """Take as little room as there is."""
        self._room = room
        ways, narrow = QBoxLayout.Direction, room is Room.NARROW
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._show_scope()
        for button in self._buttons.values():
            button.set_compact(room is not Room.AMPLE)

    def fit(self, room: int) -> None:
        """Take the size that the contents need now, not at the next turn of the event loop.

        Args:
            room: Width that there is, px.
        """
        margins = self.contentsMargins()
        self.alternatives.set_room(room - margins.left() - margins.right() - 2 * _PADDING)
        self._row.invalidate()
        for widget in (self.alternatives, self):
            widget.updateGeometry()  # or the layout would go by the size it had
            layout = widget.layout()
            if layout is not None:
                layout.activate()
        self.adjustSize()

    def set_state(self, words: str, scope: str, status: str) -> None:
        """Say what the proposal waits for, if anything, what it is about, and how it is doing."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.scope.setText(scope)
        self._show_scope()
        self.status.setText(status)

    def _show_scope(self) -> None:
        self.scope.setVisible(bool(self.scope.text()) and self._room is not Room.NARROW)


class _ActionButton(QToolButton):
    """An action with its key written on it, or only its icon."""

    def __init__(self, action: WindowAction) -> None:
        super().__init__()
        self._action = action
        primary = action.spec.id == "accept"
        if primary:
            self.setProperty("role", "primary")
        set_icon(self, action.spec.icon, on_accent=primary)
        follow(self, action)
        if action.isCheckable():
            self.setCheckable(True)
        self.set_compact(False)
        action.changed.connect(self._show)
        self._show()

    def set_compact(self, compact: bool) -> None:
        """Only the icon, or the words too where there are any."""
        styles = Qt.ToolButtonStyle
        with_words = not compact and self._action.spec.id in _WITH_WORDS
        self.setToolButtonStyle(
            styles.ToolButtonTextBesideIcon if with_words else styles.ToolButtonIconOnly
        )

    @Slot()
    def _show(self) -> None:
        self.setText("  ".join([self._action.title, *self._action.key_texts[:1]]))
        self.setChecked(self._action.isChecked())


def _quiet(action: WindowAction) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "quiet")
    follow(button, action)
    return button
