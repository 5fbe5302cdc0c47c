"""The open document with its history, its selection and its place on disk."""

from __future__ import annotations

import uuid
import weakref
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import (
    ChangeSet,
    Edit,
    LayerChanged,
    PageChanged,
    StrokesEdit,
    add_strokes,
    merged,
    remove_strokes,
    swap_strokes,
    together,
)
from sketchstudio.core.geometry import moved
from sketchstudio.core.past_proposal import PastProposal, ProposalChange, bounded
from sketchstudio.core.stroke import Stroke, depicting
from sketchstudio.core.transform import Affine, transformed
from sketchstudio.system.language import tr

UNDO_STEPS = 1000
"""Older steps are forgotten."""

_BESIDE = 16.0  # page px from a stroke to its copy


class Session(QObject):
    """One document being worked on.

    Signals:
        document_changed: The document is another; carries the ``ChangeSet``.
        selection_changed: ``selected_ids`` is another.
        dirty_changed: Whether there is something to save.
        path_changed: ``path`` is another.
        active_layer_changed: Tools edit another layer.
        refused: An edit was not made; carries the reason, a line for the person.
        proposals_changed: ``proposals`` are others.
    """

    document_changed = Signal(object)
    selection_changed = Signal()
    dirty_changed = Signal(bool)
    path_changed = Signal()
    active_layer_changed = Signal()
    refused = Signal(str)
    proposals_changed = Signal()

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._proposals: tuple[PastProposal, ...] = ()
        self._document = self._without_proposals(document or blank_document())
        self._path: Path | None = None
        self._selected: frozenset[str] = frozenset()
        self._active_layer_id = _top(self._document).id
        self._saving = self._was_dirty = self._loading = False
        self.undo_stack = QUndoStack(self)
        # Python may free the commands before the stack, which would free them again. So they go
        # before the session does, whether it is dropped, collected, or there at the exit.
        weakref.finalize(self, _forget, self.undo_stack)
        self.undo_stack.setUndoLimit(UNDO_STEPS)
        self.undo_stack.cleanChanged.connect(self._tell_dirty)

    @property
    def document(self) -> Document:
        """What is drawn now; an immutable value, good as a snapshot."""
        return self._document

    @property
    def proposals(self) -> tuple[PastProposal, ...]:
        """What the model proposed before, oldest first; steps that change ink leave them alone."""
        return self._proposals

    @property
    def whole(self) -> Document:
        """The document with its proposals, as it is saved."""
        return replace(self._document, proposals=self._proposals)

    def set_proposals(self, proposals: Iterable[PastProposal]) -> None:
        """Keep these beside the document, as many as may be; that is no step of the history."""
        self._proposals = bounded(proposals)
        self.proposals_changed.emit()

    def change_proposal(self, change: ProposalChange) -> None:
        """Mark or discard a proposal as one undo step."""
        self.undo_stack.push(_ProposalCommand(self, change))

    @property
    def path(self) -> Path | None:
        """The file the document was opened from or saved to."""
        return self._path

    @property
    def dirty(self) -> bool:
        """Whether the document differs from the one saved; while it is being saved it does."""
        return self._saving or not self.undo_stack.isClean()

    @property
    def active_layer(self) -> Layer:
        """The layer that tools edit, as it is now."""
        for layer in self._document.layers:
            if layer.id == self._active_layer_id:
                return layer
        return _top(self._document)

    @property
    def why_locked(self) -> str:
        """Why tools cannot edit the active layer, a line for the person; empty where they can."""
        return _why_locked(self.active_layer)

    def set_active_layer(self, layer_id: str) -> None:
        """Make tools edit that layer; what was selected on another no longer is.

        Raises:
            KeyError: The document has no such layer.
        """
        if layer_id != self._active_layer_id:
            self._active_layer_id = self._document.layer(layer_id).id
            self._set_selected(frozenset())
            self.active_layer_changed.emit()

    def refuses(self) -> bool:
        """Whether tools cannot edit the active layer; ``refused`` tells why."""
        reason = self.why_locked
        if reason:
            self.refused.emit(reason)
        return bool(reason)

    def execute(self, edit: Edit, gesture: object = None) -> bool:
        """Make an edit as one undo step; an edit that changes nothing leaves no step.

        Args:
            edit: Made for the document as it is.
            gesture: Changes of the same strokes, layer or page that follow one another with an
                equal gesture become one step, as while a slider is dragged; None stands alone.

        Returns:
            False where the layer is hidden or locked: nothing was changed, ``refused`` told why.

        Raises:
            ValueError: The edit was made for another document.
            KeyError: The document has no such layer.
        """
        if isinstance(edit, StrokesEdit):
            if not edit.removed and not edit.added:
                return True
            reason = _why_locked(self._document.layer(edit.layer_id))
            if reason:
                self.refused.emit(reason)
                return False
        elif isinstance(edit, LayerChanged | PageChanged) and edit.before == edit.after:
            return True
        # Here, since inside QUndoStack.push an error would be lost.
        after = edit.apply(self._document)
        self.undo_stack.push(_EditCommand(self, edit, after, gesture))
        return True

    def undo(self) -> None:
        self.undo_stack.undo()

    def redo(self) -> None:
        self.undo_stack.redo()

    def load(self, document: Document, path: Path | None = None, *, dirty: bool = False) -> None:
        """Go on with another document; history and selection start anew.

        Args:
            document: The other one.
            path: Its file; None where it has none yet.
            dirty: Whether it differs from its file, as one that a crash left.
        """
        self._saving = False
        self._loading = True  # whoever hears of its path or that it is dirty finds it here
        self.undo_stack.clear()
        if dirty:
            self.undo_stack.resetClean()
        else:
            self.undo_stack.setClean()
        self._set_selected(frozenset())
        self._active_layer_id = _top(document).id
        moved, self._path = path != self._path, path
        self._become(self._without_proposals(document), ChangeSet(whole=True))
        self._loading = False
        if moved:
            self.path_changed.emit()
        self._tell_dirty()
        self.active_layer_changed.emit()
        self.proposals_changed.emit()

    def begin_saving(self) -> None:
        """Remember the document as it is now: it is being written, edits may go on."""
        self._saving = True
        self.undo_stack.setClean()

    def mark_saved(self, path: Path) -> None:
        """The document, as it was when saving began or else is now, lies in ``path``."""
        if not self._saving:
            self.undo_stack.setClean()
        self._saving = False
        self._set_path(path)
        self._tell_dirty()

    def mark_unsaved(self) -> None:
        """What began to be saved was not."""
        self._saving = False
        self.undo_stack.resetClean()
        self._tell_dirty()

    @property
    def selected_ids(self) -> frozenset[str]:
        return self._selected

    def select(self, ids: Iterable[str]) -> None:
        """Select strokes of the active layer; ids it does not hold are passed over.

        Nothing is selected on a layer that is hidden or locked.
        """
        wanted = frozenset(ids)
        self._set_selected(wanted and wanted & self._selectable())

    def select_all(self) -> None:
        """Select all ink of the active layer."""
        self._set_selected(self._selectable())

    def _selectable(self) -> frozenset[str]:
        if self.why_locked:
            return frozenset()
        return frozenset(stroke.id for stroke in self.active_layer.strokes)

    def selected_strokes(self) -> tuple[Stroke, ...]:
        """In drawing order."""
        if not self._selected:
            return ()
        return tuple(s for s in self.active_layer.strokes if s.id in self._selected)

    @property
    def meant_strokes(self) -> tuple[Stroke, ...]:
        """What the model is asked about: selected ink, or else all of the active layer."""
        ink, selected = depicting(self.active_layer.strokes), self._selected
        return tuple(stroke for stroke in ink if stroke.id in selected) if selected else ink

    def delete_selection(self) -> None:
        self.execute(remove_strokes(self.active_layer, self._selected, "Delete"))

    def clear(self) -> None:
        """Take all ink off the page, but for hidden and locked layers."""
        edits = [
            remove_strokes(layer, [stroke.id for stroke in layer.strokes], "Clear page")
            for layer in self._document.layers
            if layer.strokes and not _why_locked(layer)
        ]
        if edits:
            self.execute(together(edits, "Clear page"))
        else:
            self.refuses()

    def transform_selection(self, affine: Affine, name: str) -> None:
        """Take the selected strokes where ``affine`` does, as a step of that name."""
        if affine != Affine():
            changed = [transformed(stroke, affine) for stroke in self.selected_strokes()]
            self.execute(swap_strokes(self.active_layer, changed, name))

    def nudge_selection(self, dx: float, dy: float) -> None:
        """Move the selected strokes a little, page px; nudges in a row are one step."""
        changed = [moved(stroke, dx, dy) for stroke in self.selected_strokes()]
        self.execute(swap_strokes(self.active_layer, changed, "Nudge"), gesture="nudge")

    def duplicate_selection(self) -> None:
        """Add copies of the selected strokes beside them, and select those."""
        copies = [
            replace(moved(stroke, _BESIDE, _BESIDE), id=uuid.uuid4().hex)
            for stroke in self.selected_strokes()
        ]
        if self.execute(add_strokes(self.active_layer, copies, "Duplicate")):
            self.select(stroke.id for stroke in copies)

    def restyle_selection(
        self,
        *,
        color: str | None = None,
        width: float | None = None,
        smoothing: float | None = None,
    ) -> None:
        """Give the selected strokes another colour (``#rrggbb``), width (page px) or smoothing."""
        name = "Recolour" if color else "Change width" if width else "Change smoothing"
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
        gesture = None if color else name  # width and smoothing are dragged
        self.execute(swap_strokes(self.active_layer, changed, name), gesture)

    def _without_proposals(self, document: Document) -> Document:
        """Take the proposals out of a document: what is drawn is another matter."""
        self._proposals = document.proposals
        return replace(document, proposals=()) if document.proposals else document

    def _become(self, document: Document, changes: ChangeSet) -> None:
        """Go on with a document; whoever hears of it finds no selected stroke that is gone."""
        active = self.active_layer
        self._document = document
        moved_on = self.active_layer.id != active.id
        if moved_on:  # the layer is gone
            self._active_layer_id = self.active_layer.id
        kept = self._selected
        if kept and (moved_on or self.why_locked or changes.removed or changes.whole):
            kept &= self._selectable()
        pruned = kept != self._selected
        self._selected = kept
        self.document_changed.emit(changes)
        if pruned:
            self.selection_changed.emit()
        if moved_on:
            self.active_layer_changed.emit()

    def _set_selected(self, ids: frozenset[str]) -> None:
        if ids != self._selected:
            self._selected = ids
            self.selection_changed.emit()

    def _set_path(self, path: Path | None) -> None:
        if path != self._path:
            self._path = path
            self.path_changed.emit()

    @Slot()
    def _tell_dirty(self) -> None:
        if self.dirty != self._was_dirty and not self._loading:
            self._was_dirty = self.dirty
            self.dirty_changed.emit(self.dirty)


def blank_document() -> Document:
    """An empty page; its layer is called as the person's language has it."""
    return Document((Layer(tr("Layer {number}").format(number=1)),))


def _top(document: Document) -> Layer:
    """The highest layer whose ink is seen and may be changed; the highest where there is none."""
    free = [layer for layer in document.layers if layer.visible and not layer.locked]
    return (free or document.layers)[-1]


def _why_locked(layer: Layer) -> str:
    if not layer.visible:
        return tr("“{name}” is hidden: show it, or choose another layer").format(name=layer.name)
    if layer.locked:
        return tr("“{name}” is locked: unlock it, or choose another layer").format(name=layer.name)
    return ""


def _forget(stack: QUndoStack) -> None:
    stack.blockSignals(True)
    stack.clear()


class _EditCommand(QUndoCommand):
    """Carries an edit through Qt's history; ``after`` spares working it out for the first time."""

    def __init__(self, session: Session, edit: Edit, after: Document, gesture: object) -> None:
        super().__init__(QCoreApplication.translate("sketchstudio", edit.name))
        self._session = weakref.ref(session)
        self._edit = edit
        self._after: Document | None = after
        self._gesture = gesture

    def redo(self) -> None:
        after, self._after = self._after, None
        session = self._session()
        assert session is not None
        session._become(after or self._edit.apply(session.document), self._edit.changes)

    def undo(self) -> None:
        inverse, session = self._edit.inverse(), self._session()
        assert session is not None
        session._become(inverse.apply(session.document), inverse.changes)

    def id(self) -> int:
        return -1 if self._gesture is None else 1  # Qt asks to merge only what has the same

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _EditCommand)
        whole = merged(self._edit, other._edit) if self._gesture == other._gesture else None
        if whole is None:
            return False
        self._edit = whole
        self.setObsolete(whole.inverse() == whole)
        return True


class _ProposalCommand(QUndoCommand):
    """Carries the change of a proposal through Qt's history."""

    def __init__(self, session: Session, change: ProposalChange) -> None:
        super().__init__(QCoreApplication.translate("sketchstudio", change.name))
        self._session = weakref.ref(session)
        self._change = change

    def redo(self) -> None:
        self._make(self._change)

    def undo(self) -> None:
        self._make(self._change.inverse())

    def _make(self, change: ProposalChange) -> None:
        session = self._session()
        assert session is not None
        session.set_proposals(change.apply(session.proposals))
