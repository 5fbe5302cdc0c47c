"""The canvas with what floats over it: the proposal's buttons and lines of trouble."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from sketchstudio.engine.messages import Sketch
from sketchstudio.state.choices import Choices
from sketchstudio.system.language import tr
from sketchstudio.ui.canvas.view import CanvasView
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.proposal_bar import ProposalBar, Room
from sketchstudio.ui.panels.welcome import Welcome
from sketchstudio.ui.window_actions import WindowAction

_NOTE_MARGINS = 36  # px, left and right together
_GAP = 18  # px between what floats and the canvas's edge


class Banner(QFrame):
    """One line of trouble that stays until it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setProperty("shape", "square")
        close.setToolTip(tr("Close"))
        close.setAccessibleName(tr("Close"))
        set_icon(close, "reject")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 6, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(close)
        self.hide()


class Note(QFrame):
    """A line that goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.label = QLabel()
        self.label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.addWidget(self.label)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_for(self, line: str, ms: int) -> None:
        """Show a line for some milliseconds."""
        self.label.setText(line)
        self.show()
        self._timer.start(ms)

    def fit(self, room: int) -> None:
        """Take the size of the line, no wider than that, px."""
        wanted = self.label.fontMetrics().horizontalAdvance(self.label.text()) + _NOTE_MARGINS
        width = min(wanted, room)
        self.resize(width, self.heightForWidth(width))


class CanvasArea(QWidget):
    """Holds the canvas and keeps what floats over it in place."""

    def __init__(self, canvas: CanvasView, actions: Mapping[str, WindowAction]) -> None:
        super().__init__()
        self._canvas = canvas
        canvas.view_changed.connect(self._place_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(canvas)
        self.proposal_bar = ProposalBar(actions, self)
        self.proposal_bar.hide()
        self.banner = Banner(self)
        self.note = Note(self)
        self.welcome: Welcome | None = None

    def set_welcome(self, welcome: Welcome) -> None:
        """Give cards their place at the foot of the page."""
        self.welcome = welcome
        welcome.resized.connect(self._place)

    @Slot(str)
    def show_error(self, line: str) -> None:
        """Show a line of trouble over the canvas."""
        self.banner.label.setText(line)
        self.banner.show()
        self._place()

    def show_note(self, line: str, ms: int) -> None:
        """Show a line over the canvas for some milliseconds; an empty one takes it away."""
        if not line:
            self.note.hide()
            return
        self.note.show_for(line, ms)
        self._place()

    def show_proposal(
        self, shown: bool, words: str = "", scope: str = "", status: str = ""
    ) -> None:
        """Show the proposal's buttons with what there is to say of it, or hide them."""
        self.proposal_bar.set_state(words, scope, status)
        self.proposal_bar.setVisible(shown)
        self._place()

    def show_choices(self, ink: Sketch, choices: Choices, adds: bool) -> None:
        """Show what the model drew, see `Alternatives.show_choices`."""
        self.proposal_bar.alternatives.show_choices(ink, choices, adds)
        self._place()

    @Slot()
    def _place(self) -> None:
        bar, banner = self.proposal_bar, self.banner
        room = self.width() - 2 * _GAP
        for scarcity in Room:
            bar.set_room(scarcity)
            bar.fit(room)
            if bar.width() <= room:
                break
        width = max(min(560, self.width() - 2 * _GAP), 160)
        banner.resize(width, banner.heightForWidth(width))
        banner.move((self.width() - banner.width()) // 2, _GAP)
        self.note.fit(width)
        head = _GAP if banner.isHidden() else banner.geometry().bottom() + _GAP
        self.note.move(_GAP, head)
        self._place_bar()
        if self.welcome is not None:
            self.welcome.fit(self.width() - 2 * _GAP)
            self.welcome.move(
                (self.width() - self.welcome.width()) // 2,
                self.height() - self.welcome.height() - _GAP,
            )
        bar.raise_()
        banner.raise_()
        self.note.raise_()

    @Slot()
    def _place_bar(self) -> None:
        """At the foot of the canvas, or at its head where it would cover less of the proposal."""
        bar, banner = self.proposal_bar, self.banner
        at_foot = bar.rect().translated(
            (self.width() - bar.width()) // 2, self.height() - bar.height() - _GAP
        )
        head = _GAP if banner.isHidden() else banner.geometry().bottom() + _GAP
        at_head = at_foot.translated(0, head - at_foot.top())
        covered = self._canvas.ghost_strokes_in
        place = at_head if covered(at_head) < covered(at_foot) else at_foot
        bar.move(place.topLeft())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
