"""The Past Proposals panel: what the model proposed before, to be taken after all."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QIcon, QKeyEvent, QPainter, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.past_proposal import PastProposal
from sketchstudio.state.past_proposals import PastProposals
from sketchstudio.system.language import mark, tr
from sketchstudio.ui import theme
from sketchstudio.ui.icons import icon, set_icon
from sketchstudio.ui.panels.picture_list import PictureList
from sketchstudio.ui.panels.thumbnail import thumbnail
from sketchstudio.ui.window_actions import WindowAction, follow

ACTIONS = ("past_apply", "past_favourite", "past_copy_seed", "past_discard")
_ICONS = {
    "past_apply": "accept",
    "past_favourite": "star",
    "past_copy_seed": "copy",
    "past_discard": "delete",
}
_NAMES = {
    "complete": mark("Completion"),
    "redraw": mark("Redrawing"),
    "replace": mark("Replacement"),
}
_SIDE = 56
_CELL = QSize(65, 67)
_BADGE = 16
_WAIT_MS = 60  # a proposal is remembered as the pen touches, which shall not wait for pictures


class PastProposalsPanel(QWidget):
    """Pictures of the proposals of before, the newest first, and what can be done with one.

    Args:
        past: The proposals.
        actions: Of the window; ``past_…`` are done with the current one.
        parent: As in Qt.

    Signals:
        current_changed: Another one is current, or none.
    """

    current_changed = Signal()

    def __init__(
        self,
        past: PastProposals,
        actions: Mapping[str, WindowAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("past_panel")
        self._past = past
        self._actions = actions
        self._shown: tuple[PastProposal, ...] | None = None
        self._pictures: WeakKeyDictionary[PastProposal, QIcon] = WeakKeyDictionary()
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self._show)
        title = QLabel(tr("Past Proposals"))
        title.setProperty("role", "title")
        self.list = _PastList()
        self.list.setAccessibleName(tr("Past Proposals"))
        self.list.currentItemChanged.connect(self.current_changed)
        self.list.itemDoubleClicked.connect(actions["past_apply"].trigger)
        self.list.activated_by_key.connect(actions["past_apply"].trigger)
        self.list.delete_pressed.connect(actions["past_discard"].trigger)
        self.list.favoured_by_key.connect(actions["past_favourite"].trigger)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self._hint = QLabel(tr("What the model proposes is kept here, accepted or not."))
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for id in ACTIONS:
            button = QToolButton()
            button.setProperty("shape", "square")
            set_icon(button, _ICONS[id])
            follow(button, actions[id])
            if actions[id].isCheckable():
                button.setCheckable(True)
                actions[id].toggled.connect(button.setChecked)
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self._hint)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        past.changed.connect(self._soon.start)
        self._show()

    @property
    def current(self) -> PastProposal | None:
        """The one that is meant, or None."""
        item = self.list.currentItem()
        if item is None or not self._shown:
            return None
        id = self._shown[-1 - self.list.row(item)].id
        return next((one for one in self._past.all if one.id == id), None)

    def refresh(self) -> None:
        """Show everything anew, as in another theme."""
        self._shown = None
        self._pictures.clear()
        self._show()

    @Slot()
    def _show(self) -> None:
        """Show the proposals, where anybody sees them; the same one stays current."""
        if self.isHidden() or self._past.all == self._shown:
            return
        current, shown = self.current, self._past.all
        row = 0 if self._shown is None else self.list.currentRow()
        ids = [one.id for one in reversed(shown)]
        with QSignalBlocker(self.list):
            self.list.clear()
            self._shown = shown
            for one in reversed(shown):
                self.list.addItem(self._item(one))
            if current is not None and current.id in ids:
                row = ids.index(current.id)
            self.list.setCurrentRow(min(max(row, 0), len(ids) - 1))
        self._hint.setVisible(not shown)
        self.current_changed.emit()

    def _item(self, one: PastProposal) -> QListWidgetItem:
        made = one.made
        words = [tr(_NAMES.get(made.action, made.action)), *map(tr, made.categories)]
        words += [tr("favourite")] if one.favourite else []
        words += [tr("accepted")] if one.accepted else []
        seed = tr("Seed {seed}").format(seed=made.seed)
        item = QListWidgetItem()
        item.setToolTip(
            f"{', '.join(words)}\n{seed}, "
            + tr("temperature {temperature}").format(temperature=f"{made.temperature:.2f}")
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join([*words, seed]))
        item.setSizeHint(_CELL)
        if one not in self._pictures:
            self._pictures[one] = self._picture(one)
        item.setIcon(self._pictures[one])
        return item

    def _picture(self, one: PastProposal) -> QIcon:
        ink = one.ink if one.made.action == "complete" else ()
        picture = thumbnail(ink, one.strokes, _SIDE, self.devicePixelRatioF())
        _paint_badges(picture, one)
        shown = QIcon(picture)
        shown.addPixmap(picture, QIcon.Mode.Selected)
        return shown

    @Slot()
    def _open_menu(self) -> None:
        if self.current is None:
            return
        menu = QMenu(self)
        for id in ACTIONS:
            menu.addAction(self._actions[id])
        menu.exec(self.list.mapToGlobal(self.list.visualItemRect(self.list.currentItem()).center()))
        menu.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()
        self.current_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.current_changed.emit()


class _PastList(PictureList):
    """Enter applies the current one, Space marks it.

    Signals:
        activated_by_key: Enter was pressed.
        favoured_by_key: Space was pressed.
    """

    activated_by_key = Signal()
    favoured_by_key = Signal()

    def __init__(self) -> None:
        super().__init__(_SIDE, _CELL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated_by_key.emit()
        elif key == Qt.Key.Key_Space:
            self.favoured_by_key.emit()
        else:
            super().keyPressEvent(event)


def _paint_badges(picture: QPixmap, one: PastProposal) -> None:
    """A star in the corner of a favourite, a tick in that of one that was accepted."""
    side = round(picture.width() / picture.devicePixelRatioF())
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("#d9d9e0"), 1))
    colors = theme.current()
    for shown, name, left in (
        (one.favourite, "star", side - _BADGE - 2),
        (one.accepted, "accept", 2),
    ):
        if shown:
            painter.setBrush(QColor(colors.accent))
            painter.drawEllipse(left, 2, _BADGE, _BADGE)
            drawn = icon(name, on_accent=True).pixmap(QSize(12, 12), picture.devicePixelRatioF())
            painter.drawPixmap(left + 2, 4, 12, 12, drawn)
    painter.end()
