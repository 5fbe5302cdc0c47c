"""The open document with its history, its selection and its place on disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import ChangeSet, StrokesEdit, remove_strokes, swap_strokes
from sketchstudio.core.geometry import moved
from sketchstudio.core.stroke import Stroke


class Session(QObject):
    """One document being worked on.

    Signals:
        document_changed: The document is another; carries the ``ChangeSet``.
        selection_changed: ``selected_ids`` is another.
        dirty_changed: Whether there is something to save.
        path_changed: ``path`` is another.
    """

    document_changed = Signal(object)
    selection_changed = Signal()
    dirty_changed = Signal(bool)
    path_changed = Signal()

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document or Document()
        self._path: Path | None = None
        self._selected: frozenset[str] = frozenset()
        self._active_layer_id = _top(self._document).id
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self._on_clean_changed)

    @property
    def document(self) -> Document:
        """What is drawn now; an immutable value, good as a snapshot."""
        return self._document

    @property
    def path(self) -> Path | None:
        """The file the document was opened from or saved to."""
        return self._path

    @property
    def dirty(self) -> bool:
        """Whether the document differs from the one saved."""
        return not self.undo_stack.isClean()

    @property
    def active_layer(self) -> Layer:
        """The layer that tools edit, as it is now."""
        for layer in self._document.layers:
            if layer.id == self._active_layer_id:
                return layer
        return _top(self._document)

    def set_active_layer(self, layer_id: str) -> None:
        """Make tools edit that layer.

        Raises:
            KeyError: The document has no such layer.
        """
        self._active_layer_id = self._document.layer(layer_id).id

    def execute(self, edit: StrokesEdit) -> None:
        """Make an edit as one undo step; an edit that changes nothing leaves no step.

        Raises:
            ValueError: The edit was made for another document.
            KeyError: The document has no such layer.
        """
        if not edit.removed and not edit.added:
            return
        edit.apply(self._document)  # inside QUndoStack.push the error would be lost
        self.undo_stack.push(_EditCommand(self, edit))

    def undo(self) -> None:
        self.undo_stack.undo()

    def redo(self) -> None:
        self.undo_stack.redo()

    def load(self, document: Document, path: Path | None = None) -> None:
        """Go on with another document; history and selection start anew."""
        self.undo_stack.clear()
        self.undo_stack.setClean()
        self._document = document
        self._active_layer_id = _top(document).id
        self._set_path(path)
        self._after(ChangeSet(whole=True))

    def mark_saved(self, path: Path) -> None:
        """Remember that the document, as it is now, lies in ``path``."""
        self._set_path(path)
        self.undo_stack.setClean()

    @property
    def selected_ids(self) -> frozenset[str]:
        return self._selected

    def select(self, ids: Iterable[str]) -> None:
        """Select the strokes with these ids; ids that are not on the page are passed over."""
        self._set_selected(frozenset(ids) & {stroke.id for stroke in self._document.strokes()})

    def select_all(self) -> None:
        self._set_selected(frozenset(stroke.id for stroke in self.active_layer.strokes))

    def selected_strokes(self) -> tuple[Stroke, ...]:
        """In drawing order."""
        if not self._selected:
            return ()
        return tuple(stroke for stroke in self._document.strokes() if stroke.id in self._selected)

    def delete_selection(self) -> None:
        self.execute(remove_strokes(self.active_layer, self._selected, "Delete"))

    def clear(self) -> None:
        """Take all ink off the active layer."""
        layer = self.active_layer
        self.execute(remove_strokes(layer, [stroke.id for stroke in layer.strokes], "Clear page"))

    def move_selection(self, dx: float, dy: float) -> None:
        """Move the selected strokes, page px."""
        if dx or dy:
            changed = [moved(stroke, dx, dy) for stroke in self.selected_strokes()]
            self.execute(swap_strokes(self.active_layer, changed, "Move"))

    def restyle_selection(
        self,
        *,
        color: str | None = None,
        width: float | None = None,
        smoothing: float | None = None,
    ) -> None:
        """Give the selected strokes another colour (``#rrggbb``), width (page px) or smoothing."""
        changed = []
        for stroke in self.selected_strokes():
            style = replace(
                stroke.style,
                color=stroke.style.color if color is None else color,
                width=stroke.style.width if width is None else width,
                smoothing=stroke.style.smoothing if smoothing is None else smoothing,
            )
            if style != stroke.style:
                changed.append(stroke.with_style(style))
        self.execute(swap_strokes(self.active_layer, changed, "Change style"))

    def _apply(self, edit: StrokesEdit) -> None:
        self._document = edit.apply(self._document)
        self._after(edit.changes)

    def _after(self, changes: ChangeSet) -> None:
        """Tell of a change; whoever hears of it finds no selected stroke that is gone."""
        kept = self._selected
        if kept and (changes.removed or changes.whole):
            kept &= {stroke.id for stroke in self._document.strokes()}
        pruned = kept != self._selected
        self._selected = kept
        self.document_changed.emit(changes)
        if pruned:
            self.selection_changed.emit()

    def _set_selected(self, ids: frozenset[str]) -> None:
        if ids != self._selected:
            self._selected = ids
            self.selection_changed.emit()

    def _set_path(self, path: Path | None) -> None:
        if path != self._path:
            self._path = path
            self.path_changed.emit()

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:
        self.dirty_changed.emit(not clean)


def _top(document: Document) -> Layer:
    """The highest layer whose ink is seen and may be changed; the highest where there is none."""
    free = [layer for layer in document.layers if layer.visible and not layer.locked]
    return (free or document.layers)[-1]


class _EditCommand(QUndoCommand):
    """Carries an edit through Qt's history."""

    def __init__(self, session: Session, edit: StrokesEdit) -> None:
        super().__init__(edit.name)
        self._session = session
        self._edit = edit

    def redo(self) -> None:
        self._session._apply(self._edit)

    def undo(self) -> None:
        self._session._apply(self._edit.inverse())
