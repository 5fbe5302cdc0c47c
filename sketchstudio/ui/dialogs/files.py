"""New, open, save and export, with their dialogs and questions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from sketchstudio.core.document import Document
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_write import write_svg
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Settings

SUFFIX = ".sketch"
_FILTER = f"Sketches (*{SUFFIX});;All files (*)"
_SVG_FILTER = "SVG pictures (*.svg)"


class FileCommands(QObject):
    """What the File menu does to a `Session`.

    Signals:
        told: One line on what was done.
    """

    told = Signal(str)

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window

    @property
    def name(self) -> str:
        """What the drawing is called."""
        return self._session.path.name if self._session.path else "Untitled"

    def new(self) -> None:
        """An empty page, after asking about what is not saved."""
        if self.may_drop():
            self._session.load(Document())

    def open(self) -> None:
        """Another drawing, after asking about what is not saved."""
        if not self.may_drop():
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), _FILTER)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> bool:
        """Show the drawing of a file; what is shown now is dropped. False where it cannot be."""
        try:
            document = native.load(path)
        except FormatError as error:
            return self._refuse("cannot be opened", path, error)
        except OSError as error:
            return self._refuse("cannot be opened", path, error.strerror or error)
        self._remember(path)
        self._session.load(document, path.absolute())
        return True

    def save(self) -> bool:
        """Save where the drawing came from, or ask where; False where it was not saved."""
        return self._save_to(self._session.path) if self._session.path else self.save_as()

    def save_as(self) -> bool:
        """Ask where and save there; False where it was not saved."""
        start = str(Path(self._folder()) / (self.name if self._session.path else "drawing.sketch"))
        path = self._ask_where("Save As", start, _FILTER, SUFFIX)
        return path is not None and self._save_to(path)

    def export(self) -> None:
        """Ask where and write the drawing as SVG."""
        if not any(True for _ in self._session.document.strokes()):
            self.told.emit("There is nothing to export yet.")
            return
        stem = Path(self.name).stem if self._session.path else "drawing"
        start = str(Path(self._folder()) / f"{stem}.svg")
        path = self._ask_where("Export SVG", start, _SVG_FILTER, ".svg")
        if path is None:
            return
        try:
            write_svg(self._session.document, path)
        except (OSError, SketchError) as error:
            self._refuse("cannot be written", path, error)
            return
        self._remember(path)
        self.told.emit(f"Exported {path.name}")

    def may_drop(self) -> bool:
        """Whether the drawing may go: it is saved, was saved just now, or is not wanted."""
        if not self._session.dirty:
            return True
        button = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Unsaved changes")
        box.setText(f"Save the changes to {self.name}?")
        box.setInformativeText("Without saving they are lost.")
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.setDefaultButton(button.Save)
        answer = box.exec()
        if answer == button.Save:
            return self.save()
        return answer == button.Discard

    def _save_to(self, path: Path) -> bool:
        try:
            native.save(self._session.document, path)
        except OSError as error:
            return self._refuse("cannot be saved", path, error)
        self._remember(path)
        self._session.mark_saved(path.absolute())
        self.told.emit(f"Saved {path.name}")
        return True

    def _ask_where(self, title: str, start: str, kinds: str, suffix: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, kinds)
        if not name:
            return None
        path = Path(name)
        if path.suffix:
            return path
        path = path.with_suffix(suffix)
        # The dialog asked about the name without the ending, not about this file.
        return path if not path.exists() or self._may_replace(path) else None

    def _may_replace(self, path: Path) -> bool:
        button = QMessageBox.StandardButton
        text = f"{path.name} exists. Replace it?"
        return QMessageBox.question(self._window, "Replace", text) == button.Yes

    def _refuse(self, what: str, path: Path, reason: object) -> bool:
        QMessageBox.warning(self._window, "sketchstudio", f"{path.name} {what}.\n\n{reason}")
        return False

    def _folder(self) -> str:
        folder = Path(self._settings.last_folder) if self._settings.last_folder else Path.home()
        return str(folder if folder.is_dir() else Path.home())

    def _remember(self, path: Path) -> None:
        self._settings.last_folder = str(path.absolute().parent)
