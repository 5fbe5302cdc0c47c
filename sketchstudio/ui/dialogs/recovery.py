"""What a crash left: drawings that were open and not saved, offered at the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.formats import native
from sketchstudio.recovery.journal import Draft
from sketchstudio.recovery.places import KEPT_DAYS, LeftBehind
from sketchstudio.state.saving import explain
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.where import ask_where, file_name
from sketchstudio.ui.recent import picture_of

_PICTURE = QSize(120, 90)  # px
_WIDTH = 560  # px
_MARGINS = 90  # px, of the dialog, the list and its bar


class RecoveryDialog(QDialog):
    """Lists drawings with their pictures; what is left when it closes is offered again.

    Args:
        found: What there is, ours until it is decided on.
        parent: The window.

    Signals:
        restore_wanted(LeftBehind): Go on with it; whoever does is to delete it then.
    """

    restore_wanted = Signal(object)

    def __init__(self, found: list[LeftBehind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Recover Drawings"))
        self._found = list(found)
        title = QLabel(tr("Drawings that were not saved when sketchstudio ended"))
        title.setProperty("role", "title")
        title.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Drawings to recover"))
        self.list.setIconSize(_PICTURE)
        self.list.setSpacing(3)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        for one in self._found:
            self.list.addItem(_item(one.draft, self.fontMetrics()))
        note = QLabel(tr("What you leave here is kept for %n days.", KEPT_DAYS))
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        self.restore = QPushButton(tr("Restore"))
        self.restore.setProperty("role", "primary")
        self.restore.setDefault(True)
        self.save_as = QPushButton(tr("Save As…"))
        self.delete = QPushButton(tr("Delete…"))
        self.later = QPushButton(tr("Decide Later"))

        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.delete)
        buttons.addWidget(self.save_as)
        buttons.addStretch(1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(self.list, 1)
        layout.addWidget(note)
        layout.addLayout(buttons)
        self.resize(_WIDTH, 440)

        self.restore.clicked.connect(self._on_restore)
        self.save_as.clicked.connect(self._on_save_as)
        self.delete.clicked.connect(self._on_delete)
        self.later.clicked.connect(self.reject)
        self.list.itemActivated.connect(self._on_restore)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.finished.connect(self._on_finished)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _chosen(self) -> list[LeftBehind]:
        return [self._found[self.list.row(item)] for item in self.list.selectedItems()]

    def _take(self, one: LeftBehind) -> None:
        """One that is decided on goes; the last one takes the dialog with it."""
        row = self._found.index(one)
        del self._found[row]
        self.list.takeItem(row)
        if not self._found:
            self.accept()

    @Slot()
    def _show_buttons(self) -> None:
        count = len(self.list.selectedItems())
        for button in (self.restore, self.delete):
            button.setEnabled(count > 0)
        self.save_as.setEnabled(count == 1)

    @Slot()
    def _on_restore(self) -> None:
        for one in self._chosen():
            self.restore_wanted.emit(one)
            self._take(one)

    @Slot()
    def _on_save_as(self) -> None:
        (one,) = self._chosen()
        start = one.draft.path or Path.home() / f"{file_name(_name(one.draft))}{native.ENDING}"
        path = ask_where(self, tr("Save As"), start, {native.ENDING: tr("Sketches")})
        if path is None:
            return
        try:
            native.save(one.draft.document, path)
        except (OSError, native.TooLargeError) as error:
            text = tr("{file} cannot be saved.").format(file=path.name)
            QMessageBox.warning(self, "sketchstudio", f"{text}\n\n{explain(error)}")
            return
        one.place.delete()
        self._take(one)

    @Slot()
    def _on_delete(self) -> None:
        chosen = self._chosen()
        button = QMessageBox.StandardButton
        text = tr("Delete what is selected for good?")
        if QMessageBox.question(self, tr("Delete"), text) == button.Yes:
            for one in chosen:
                one.place.delete()
                self._take(one)

    @Slot()
    def _on_finished(self) -> None:
        for one in self._found:
            one.place.release()


def _name(draft: Draft) -> str:
    if draft.path is not None:
        return draft.path.stem
    return draft.document.title or tr("Untitled")


def _item(draft: Draft, metrics: QFontMetrics) -> QListWidgetItem:
    time = QDateTime.fromSecsSinceEpoch(int(draft.time))
    when = QLocale().toString(time, QLocale.FormatType.ShortFormat)
    where = str(draft.path.parent) if draft.path else tr("never saved")
    room = _WIDTH - _PICTURE.width() - _MARGINS
    lines = (
        metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, room)
        for line in (_name(draft), when, where)
    )
    item = QListWidgetItem("\n".join(lines))
    picture = QPixmap.fromImage(picture_of(draft.document))
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # else it is tinted
    item.setIcon(icon)
    item.setToolTip(str(draft.path) if draft.path else "")
    return item
