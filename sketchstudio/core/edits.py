"""Edits as plain data: each can be applied, inverted and written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Bounds, Stroke, bounds_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A stroke and its index in its layer."""

    index: int
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What an edit changed, so that views redraw only that."""

    removed: tuple[Stroke, ...] = ()
    added: tuple[Stroke, ...] = ()
    whole: bool = False
    """Everything may have changed (another document, layer order, paper)."""

    @property
    def bounds(self) -> Bounds | None:
        """The box round all ink that came or went; None where there is none."""
        return bounds_of([*self.removed, *self.added])


@dataclass(frozen=True, slots=True)
class StrokesEdit:
    """Strokes leave a layer and others come, in one step.

    One edit covers drawing, erasing, clearing, restyling, moving and accepting a proposal.

    Attributes:
        layer_id: The layer it changes.
        removed: Ascending by index before the edit.
        added: Ascending by index after the edit.
        name: What the history shows, in the imperative.
    """

    layer_id: str
    removed: tuple[Placed, ...]
    added: tuple[Placed, ...]
    name: str

    def apply(self, document: Document) -> Document:
        """The document after the edit.

        Raises:
            ValueError: The document is not the one this edit was made for.
        """
        layer = document.layer(self.layer_id)
        strokes = list(layer.strokes)
        for placed in reversed(self.removed):
            if placed.index >= len(strokes) or strokes[placed.index].id != placed.stroke.id:
                raise ValueError(f"edit {self.name!r} does not fit this document")
            del strokes[placed.index]
        for placed in self.added:
            strokes.insert(placed.index, placed.stroke)
        return document.with_layer(replace(layer, strokes=tuple(strokes)))

    def inverse(self) -> StrokesEdit:
        return replace(self, removed=self.added, added=self.removed)

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet(
            tuple(placed.stroke for placed in self.removed),
            tuple(placed.stroke for placed in self.added),
        )


def add_strokes(layer: Layer, strokes: Sequence[Stroke], name: str) -> StrokesEdit:
    """Put ``strokes`` on top of a layer."""
    top = len(layer.strokes)
    placed = tuple(Placed(top + i, stroke) for i, stroke in enumerate(strokes))
    return StrokesEdit(layer.id, (), placed, name)


def remove_strokes(layer: Layer, ids: Collection[str], name: str) -> StrokesEdit:
    """Take the strokes with these ids off a layer; ids it does not hold are passed over."""
    return StrokesEdit(layer.id, _placed(layer, ids), (), name)


def replace_strokes(
    layer: Layer, ids: Collection[str], strokes: Iterable[Stroke], name: str
) -> StrokesEdit:
    """Put ``strokes`` where the lowest of the strokes with these ids was; those go."""
    removed = _placed(layer, ids)
    start = removed[0].index if removed else len(layer.strokes)
    added = tuple(Placed(start + i, stroke) for i, stroke in enumerate(strokes))
    return StrokesEdit(layer.id, removed, added, name)


def swap_strokes(layer: Layer, changed: Sequence[Stroke], name: str) -> StrokesEdit:
    """Replace strokes by new versions with the same ids, each in its place (move, restyle)."""
    new = {stroke.id: stroke for stroke in changed}
    removed = _placed(layer, new.keys())
    added = tuple(Placed(placed.index, new[placed.stroke.id]) for placed in removed)
    return StrokesEdit(layer.id, removed, added, name)


def _placed(layer: Layer, ids: Collection[str]) -> tuple[Placed, ...]:
    wanted = set(ids)
    return tuple(Placed(i, s) for i, s in enumerate(layer.strokes) if s.id in wanted)
