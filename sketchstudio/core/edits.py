"""Edits as plain data: each can be applied, inverted and written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sketchstudio.core.document import Document, Layer, Page
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
    """Everything may have changed: it is another document."""

    @property
    def bounds(self) -> Bounds | None:
        """The box round all ink that came or went; None where there is none."""
        return bounds_of([*self.removed, *self.added])


class Edit(Protocol):
    """What all edits can do."""

    @property
    def name(self) -> str:
        """What the history shows, in the imperative."""
        ...

    @property
    def changes(self) -> ChangeSet:
        """Strokes that go and come; layers and page are compared by who needs them."""
        ...

    def apply(self, document: Document) -> Document:
        """The document after the edit.

        Raises:
            ValueError: The document is not the one this edit was made for.
            KeyError: The document has no such layer.
        """
        ...

    def inverse(self) -> Edit:
        """The edit that takes this one back, exactly."""
        ...


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
        if not self.removed and self.added and self.added[0].index == len(layer.strokes):
            on_top = layer.strokes + tuple(placed.stroke for placed in self.added)
            return document.with_layer(replace(layer, strokes=on_top))
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


@dataclass(frozen=True, slots=True)
class LayerAdded:
    """A layer comes, with its strokes.

    Attributes:
        index: Its place from the bottom, after the edit.
        layer: As it comes.
        name: As in `StrokesEdit`.
    """

    index: int
    layer: Layer
    name: str = "Add layer"

    def apply(self, document: Document) -> Document:
        layers = document.layers
        if not 0 <= self.index <= len(layers) or any(old.id == self.layer.id for old in layers):
            raise ValueError(f"edit {self.name!r} does not fit this document")
        return replace(document, layers=(*layers[: self.index], self.layer, *layers[self.index :]))

    def inverse(self) -> LayerRemoved:
        return LayerRemoved(self.index, self.layer, self.name)

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet(added=self.layer.strokes)


@dataclass(frozen=True, slots=True)
class LayerRemoved:
    """A layer goes, with its strokes.

    Attributes:
        index: Its place from the bottom, before the edit.
        layer: As it was.
        name: As in `StrokesEdit`.
    """

    index: int
    layer: Layer
    name: str = "Delete layer"

    def apply(self, document: Document) -> Document:
        layers = document.layers
        if layers[self.index : self.index + 1] != (self.layer,) or len(layers) == 1:
            raise ValueError(f"edit {self.name!r} does not fit this document")
        return replace(document, layers=layers[: self.index] + layers[self.index + 1 :])

    def inverse(self) -> LayerAdded:
        return LayerAdded(self.index, self.layer, self.name)

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet(removed=self.layer.strokes)


@dataclass(frozen=True, slots=True)
class LayerMoved:
    """A layer takes another place.

    Attributes:
        start: Its place from the bottom before the edit.
        stop: And after it.
        name: As in `StrokesEdit`.
    """

    start: int
    stop: int
    name: str = "Move layer"

    def apply(self, document: Document) -> Document:
        layers = list(document.layers)
        if not (0 <= self.start < len(layers) and 0 <= self.stop < len(layers)):
            raise ValueError(f"edit {self.name!r} does not fit this document")
        layers.insert(self.stop, layers.pop(self.start))
        return replace(document, layers=tuple(layers))

    def inverse(self) -> LayerMoved:
        return LayerMoved(self.stop, self.start, self.name)

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet()


@dataclass(frozen=True, slots=True)
class LayerLook:
    """All of a layer but its strokes; fields as in `Layer`."""

    name: str
    visible: bool
    locked: bool
    opacity: float

    @classmethod
    def of(cls, layer: Layer) -> LayerLook:
        """How a layer looks now."""
        return cls(layer.name, layer.visible, layer.locked, layer.opacity)


@dataclass(frozen=True, slots=True)
class LayerChanged:
    """A layer gets another name, opacity, or is shown, hidden, locked or freed."""

    layer_id: str
    before: LayerLook
    after: LayerLook
    name: str = "Change layer"

    def apply(self, document: Document) -> Document:
        layer = document.layer(self.layer_id)
        if LayerLook.of(layer) != self.before:
            raise ValueError(f"edit {self.name!r} does not fit this document")
        look = self.after
        return document.with_layer(
            replace(
                layer,
                name=look.name,
                visible=look.visible,
                locked=look.locked,
                opacity=look.opacity,
            )
        )

    def inverse(self) -> LayerChanged:
        return replace(self, before=self.after, after=self.before)

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet()


@dataclass(frozen=True, slots=True)
class PageChanged:
    """The ink lies on other paper."""

    before: Page
    after: Page
    name: str = "Change page"

    def apply(self, document: Document) -> Document:
        if document.page != self.before:
            raise ValueError(f"edit {self.name!r} does not fit this document")
        return replace(document, page=self.after)

    def inverse(self) -> PageChanged:
        return replace(self, before=self.after, after=self.before)

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet()


@dataclass(frozen=True, slots=True)
class Together:
    """Several edits as one step.

    Attributes:
        edits: Each is made for the document that those before it leave.
        name: As in `StrokesEdit`.
    """

    edits: tuple[Edit, ...]
    name: str

    def apply(self, document: Document) -> Document:
        for edit in self.edits:
            document = edit.apply(document)
        return document

    def inverse(self) -> Together:
        return Together(tuple(edit.inverse() for edit in reversed(self.edits)), self.name)

    @property
    def changes(self) -> ChangeSet:
        """Of edits of different strokes."""
        parts = [edit.changes for edit in self.edits]
        return ChangeSet(
            tuple(stroke for part in parts for stroke in part.removed),
            tuple(stroke for part in parts for stroke in part.added),
            any(part.whole for part in parts),
        )


def together(edits: Sequence[Edit], name: str) -> Edit:
    """One step for edits of different strokes; each is made for what those before it leave."""
    return Together(tuple(edits), name)


def change_layer(
    layer: Layer,
    name: str,
    *,
    called: str | None = None,
    visible: bool | None = None,
    locked: bool | None = None,
    opacity: float | None = None,
) -> LayerChanged:
    """Change what is given and leave the rest; ``called`` is the layer's new name."""
    before = LayerLook.of(layer)
    after = LayerLook(
        before.name if called is None else called,
        before.visible if visible is None else visible,
        before.locked if locked is None else locked,
        before.opacity if opacity is None else opacity,
    )
    return LayerChanged(layer.id, before, after, name)


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


def exchange_strokes(layer: Layer, parts: Mapping[str, Sequence[Stroke]], name: str) -> StrokesEdit:
    """Put other strokes, or none, in the place of each with one of these ids."""
    removed, added = [], []
    top = 0
    for index, stroke in enumerate(layer.strokes):
        if stroke.id not in parts:
            top += 1
            continue
        removed.append(Placed(index, stroke))
        for part in parts[stroke.id]:
            added.append(Placed(top, part))
            top += 1
    return StrokesEdit(layer.id, tuple(removed), tuple(added), name)


def merged(first: Edit, then: Edit) -> Edit | None:
    """One edit for two of the same name and strokes, layer or page; None for any others."""
    if first.name != then.name:
        return None
    match first, then:
        case StrokesEdit(), StrokesEdit():
            came = [(placed.index, placed.stroke.id) for placed in first.added]
            went = [(placed.index, placed.stroke.id) for placed in then.removed]
            if first.layer_id == then.layer_id and came == went:
                return replace(first, added=then.added)
        case LayerChanged(), LayerChanged() if first.layer_id == then.layer_id:
            return replace(then, before=first.before)
        case PageChanged(), PageChanged():
            return replace(then, before=first.before)
    return None


def _placed(layer: Layer, ids: Collection[str]) -> tuple[Placed, ...]:
    wanted = set(ids)
    return tuple(Placed(i, s) for i, s in enumerate(layer.strokes) if s.id in wanted)
