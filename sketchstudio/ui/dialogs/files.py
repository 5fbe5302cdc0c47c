"""New, open, save and export, with their dialogs and questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from sketchstudio.core.document import Document, View
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.safe_write import backup_of
from sketchstudio.recovery.journal import Draft
from sketchstudio.state.saving import Saved, Saving, Seen, explain, look_at
from sketchstudio.state.session import Session, blank_document
from sketchstudio.state.settings import Preferences
from sketchstudio.system.language import mark, tr
from sketchstudio.system.paths import locks_folder
from sketchstudio.ui.dialogs.where import ask_where, ask_which, file_name, folder_for_files
from sketchstudio.ui.recent import RecentFiles

if TYPE_CHECKING:
    from sketchstudio.formats.svg_read import Imported
    from sketchstudio.ui.dialogs.export import ExportDialog

# Other formats than ours are imported when they are needed: the window comes first.

SUFFIX = ".sketch"

LEFT_OUT = {
    "text": (mark("1 text"), mark("{count} texts")),
    "image": (mark("1 image"), mark("{count} images")),
    "mask": (mark("1 mask"), mark("{count} masks")),
    "effect": (mark("1 effect"), mark("{count} effects")),
    "marker": (mark("1 arrowhead"), mark("{count} arrowheads")),
    "clip": (mark("1 clip path"), mark("{count} clip paths")),
}
"""Kinds of things in other programs' drawings that are no strokes: one, and many."""


class FileCommands(QObject):
    """What the File menu does to a `Session`.

    Signals:
        told: One line on what was done.
        page_replaced: The page is another, empty or from a file.
        picture_chosen: A picture comes in; carries its path.
    """

    told = Signal(str)
    page_replaced = Signal()
    picture_chosen = Signal(object)

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        recent: RecentFiles,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._recent = recent
        self._preferences = preferences
        self._settings = preferences.values
        self._window = window
        self._exporting: ExportDialog | None = None
        self._view: Callable[[], View | None] = lambda: None
        self._saving = Saving(session, locks_folder(), self)
        self._saving.finished.connect(self._on_saved)

    def watch_view(self, view: Callable[[], View]) -> None:
        """Save how the page is shown, as ``view`` tells it, too."""
        self._view = view

    def finish(self) -> None:
        """Wait until nothing is being saved or exported."""
        self._saving.wait()
        if self._exporting is not None:
            self._exporting.finish()

    def let_go(self) -> None:
        """Other windows may have the file from now on."""
        self._saving.close()

    @property
    def name(self) -> str:
        """What the drawing is called."""
        if self._session.path:
            return self._session.path.name
        return self._session.document.title or tr("Untitled")

    @property
    def _stem(self) -> str:
        """What to call a file of it."""
        if self._session.path:
            return self._session.path.stem
        return file_name(self._session.document.title)

    def new(self) -> None:
        """An empty page, after asking about what is not saved."""
        if self.may_discard():
            self._show(blank_document())

    def open(self) -> None:
        """Ask for another drawing, then about what is not saved."""
        from sketchstudio.formats.sketch_files import READABLE

        kinds = f"{tr('Drawings')} ({' '.join(f'*{ending}' for ending in READABLE)})"
        path = ask_which(self._window, tr("Open"), self._settings, kinds)
        if path is not None:
            self.open_instead(path)

    def open_path(self, path: Path) -> bool:
        """Show the drawing or drawings of a file; what is shown now is dropped, but for a picture.

        A file that is no ``.sketch`` fills a new page, which is saved elsewhere.

        Args:
            path: Of any kind that can be read.

        Returns:
            False where it cannot be opened.
        """
        if _is_picture(path):
            self.picture_chosen.emit(path)
            return True
        ours = path.suffix.lower() == SUFFIX
        seen = look_at(path)
        try:
            with _hourglass():
                document, note = (native.load(path), "") if ours else _read_page(path)
        except (FormatError, SketchError) as error:
            if ours and backup_of(path).is_file():
                return self._open_backup(path, error, seen)
            return self._refuse(tr("{file} cannot be opened."), path, error)
        except OSError as error:
            return self._refuse(tr("{file} cannot be opened."), path, error.strerror or error)
        self._remember(path)
        self._recent.add(path, document)
        self._show(document, path.absolute() if ours else None, seen)
        if note:
            self.told.emit(note)
        if not self._saving.is_ours:
            line = tr("{file} is open in another window, too: save it under another name")
            self.told.emit(line.format(file=path.name))
        return True

    def restore(self, draft: Draft) -> None:
        """Go on with what a crash left; it is not saved yet."""
        seen = look_at(draft.path) if draft.path else None
        self._show(draft.document, draft.path, seen, dirty=True)

    def open_instead(self, path: Path) -> None:
        """Show the drawing of a file, after asking about what is not saved."""
        if _is_picture(path) or self.may_discard():
            self.open_path(path)

    def open_sample(self, path: Path, title: str) -> None:
        """Begin a drawing with a sample, after asking about what is not saved."""
        if not self.may_discard():
            return
        try:
            document = replace(native.load(path), title=title)
        except (FormatError, OSError) as error:
            self._refuse(tr("{file} cannot be opened."), path, error)
            return
        self._show(document)

    def save(self) -> bool:
        """Begin to save where the drawing came from, or ask where; False where nobody said."""
        if self._session.path is None:
            return self.save_as()
        self._save_to(self._session.path)
        return True

    def save_as(self) -> bool:
        """Ask where and begin to save there; False where nobody said."""
        path = self._ask_where(tr("Save As"), SUFFIX, tr("Sketches"))
        if path is None:
            return False
        self._save_to(path, may_replace=True)  # the person was asked
        return True

    def export(self) -> None:
        """Show what can be written, and write what is chosen."""
        from sketchstudio.ui.dialogs.export import ExportDialog

        dialog = ExportDialog(self._session, self._preferences, self._ask_export, self._window)
        dialog.written.connect(self._on_exported)
        dialog.refused.connect(self._on_export_refused)
        dialog.finished.connect(self._on_export_closed)
        self._exporting = dialog
        dialog.open()

    def _ask_export(self, ending: str, kinds: str) -> Path | None:
        return self._ask_where(tr("Export"), ending, kinds)

    @Slot()
    def _on_export_closed(self) -> None:
        self._exporting = None

    @Slot(object)
    def _on_exported(self, path: Path) -> None:
        self._remember(path)
        self.told.emit(tr("Exported {file}").format(file=path.name))

    @Slot(object, str)
    def _on_export_refused(self, path: Path, reason: str) -> None:
        self._refuse(tr("{file} cannot be written."), path, reason)

    def may_discard(self) -> bool:
        """Whether the drawing may go: it is saved, was saved just now, or is not wanted."""
        self.finish()
        if not self._session.dirty:
            return True
        button = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Unsaved changes"))
        box.setText(tr("Save the changes to {file}?").format(file=self.name))
        box.setInformativeText(tr("Without saving they are lost."))
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.setDefaultButton(button.Save)
        answer = box.exec()
        if answer == button.Save:
            return self.save() and self._saving.wait()
        return answer == button.Discard

    def _show(
        self,
        document: Document,
        path: Path | None = None,
        seen: Seen | None = None,
        *,
        dirty: bool = False,
    ) -> None:
        self._session.load(document, path, dirty=dirty)
        self._saving.remember(seen)
        self.page_replaced.emit()

    def _save_to(self, path: Path, *, may_replace: bool = False) -> None:
        document = replace(self._session.whole, view=self._view())
        self._saving.save(path.absolute(), document, may_replace=may_replace)

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        if saved.error is not None:
            why = f"{explain(saved.error)}\n\n{tr('The drawing is still open.')}"
            self._refuse(tr("{file} cannot be saved."), saved.path, why)
            return
        self._remember(saved.path)
        self._recent.add(saved.path, saved.document)
        self.told.emit(tr("Saved {file}").format(file=saved.path.name))

    def _open_backup(self, path: Path, error: Exception, seen: Seen | None) -> bool:
        """Offer the version before, where the last one cannot be read."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("sketchstudio")
        reason = str(error).replace(str(path), path.name)
        box.setText(f"{tr('{file} cannot be opened.').format(file=path.name)}\n\n{reason}")
        box.setInformativeText(tr("The version saved before it is there, too."))
        earlier = box.addButton(tr("Open That Version"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is not earlier:
            return False
        try:
            document = native.load(backup_of(path))
        except (FormatError, OSError) as backup_error:
            return self._refuse(tr("{file} cannot be opened."), backup_of(path), backup_error)
        self._show(document, path.absolute(), seen, dirty=True)
        return True

    def _ask_where(self, title: str, ending: str, kind: str) -> Path | None:
        start = folder_for_files(self._settings.last_folder) / f"{self._stem}{ending}"
        return ask_where(self._window, title, start, {ending: kind})

    def _refuse(self, what: str, path: Path, reason: object) -> bool:
        why = str(reason).replace(str(path), path.name)
        QMessageBox.warning(self._window, "sketchstudio", f"{what.format(file=path.name)}\n\n{why}")
        return False

    def _remember(self, path: Path) -> None:
        self._settings.last_folder = str(path.absolute().parent)


def _read_page(path: Path) -> tuple[Document, str]:
    """A page with all drawings of a file of another kind than ours, and what to say of it."""
    from sketchstudio.formats import svg_read
    from sketchstudio.formats.page import on_one_layer
    from sketchstudio.formats.sketch_files import read_page

    if path.suffix.lower() not in svg_read.ENDINGS:
        return on_one_layer(read_page(path)), ""
    drawing = svg_read.load(path)
    return drawing.document, left_out_line(drawing)


def left_out_line(drawing: Imported) -> str:
    """What of a drawing did not become ink, for the person; empty where nothing is missing."""
    if not drawing.left_out:
        return ""
    said = (
        tr(LEFT_OUT[kind][count > 1]).format(count=count)
        for kind, count in drawing.left_out.items()
    )
    return tr("Left out, being no ink: {what}").format(what=tr(", ").join(said))


def _is_picture(path: Path) -> bool:
    from sketchstudio.formats.picture_file import is_picture

    return is_picture(path)


@contextmanager
def _hourglass() -> Iterator[None]:
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
