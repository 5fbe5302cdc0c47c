"""What can be done with layers, each as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot

from sketchstudio.core.document import Layer
from sketchstudio.core.edits import LayerAdded, LayerMoved, LayerRemoved, change_layer
from sketchstudio.core.layer_edits import merge_down, move_to_layer
from sketchstudio.state.session import Session
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.window_actions import WindowAction


class LayerCommands(QObject):
    """Edits the layers of a session, most of them the current one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions: Mapping[str, WindowAction] = {}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            "layer_add": self.add,
            "layer_delete": self.delete,
            "layer_merge": self.merge,
            "move_to_above": self.move_ink_up,
            "move_to_below": self.move_ink_down,
            "layer_raise": self.lift,
            "layer_lower": self.lower,
            "layer_above": self.choose_above,
            "layer_below": self.choose_below,
            "layer_visible": self.toggle_visible,
            "layer_locked": self.toggle_locked,
        }

    def attach(self, actions: Mapping[str, WindowAction]) -> None:
        """Keep the actions as they can be used."""
        self._actions = actions
        self._session.document_changed.connect(self._show)
        self._session.active_layer_changed.connect(self._show)
        self._session.selection_changed.connect(self._show)
        self._show()

    @property
    def place(self) -> int:
        """Of the current layer, from the bottom."""
        return self._session.document.layers.index(self._session.active_layer)

    def add(self) -> None:
        """Lay an empty layer over the current one, and go on with it."""
        layer = Layer(self._new_name())
        if self._session.execute(LayerAdded(self.place + 1, layer)):
            self._session.set_active_layer(layer.id)

    def delete(self) -> None:
        """Take the current layer away, unless it is the only one."""
        layers, place = self._session.document.layers, self.place
        if len(layers) > 1:
            self._session.execute(LayerRemoved(place, layers[place]))

    def merge(self) -> None:
        """Join the current layer to the one below, and go on with that."""
        document, place = self._session.document, self.place
        if self._may_merge():
            edit = merge_down(document, place, mark("Merge layer down"))
            self._session.set_active_layer(document.layers[place - 1].id)
            self._session.execute(edit)

    def move_ink_up(self) -> None:
        """Take the selected strokes to the next layer above that can be edited."""
        self._move_ink_next(self._free_above())

    def move_ink_down(self) -> None:
        """Take the selected strokes to the next layer below that can be edited."""
        self._move_ink_next(self._free_below())

    def _move_ink_next(self, target: Layer | None) -> None:
        if target is not None:
            self.move_ink_to(target)

    def move_ink_to(self, target: Layer) -> None:
        """Take the selected strokes to another layer, which is current then; they stay selected."""
        ids = self._session.selected_ids
        if ids and self.takes_ink(target):
            name = mark("Move to layer")
            self._session.execute(move_to_layer(self._session.active_layer, target, ids, name))
            self._session.set_active_layer(target.id)
            self._session.select(ids)

    def takes_ink(self, target: Layer) -> bool:
        """Whether ink of the current layer may go to that one."""
        return _is_free(target) and target.id != self._session.active_layer.id

    def _free_above(self) -> Layer | None:
        return next(filter(_is_free, self._session.document.layers[self.place + 1 :]), None)

    def _free_below(self) -> Layer | None:
        return next(filter(_is_free, reversed(self._session.document.layers[: self.place])), None)

    def _may_merge(self) -> bool:
        place = self.place
        pair = self._session.document.layers[max(place - 1, 0) : place + 1]
        return place > 0 and all(map(_is_free, pair))

    def lift(self) -> None:
        """Put the current layer over the next one."""
        self.move(self.place, self.place + 1)

    def lower(self) -> None:
        """Put the current layer under the one below."""
        self.move(self.place, self.place - 1)

    def move(self, start: int, stop: int) -> None:
        """Put the layer at ``start`` where ``stop`` is, places from the bottom."""
        if start != stop and 0 <= stop < len(self._session.document.layers):
            self._session.execute(LayerMoved(start, stop))

    def choose_above(self) -> None:
        self._choose(self.place + 1)

    def choose_below(self) -> None:
        self._choose(self.place - 1)

    def _choose(self, place: int) -> None:
        layers = self._session.document.layers
        if 0 <= place < len(layers):
            self._session.set_active_layer(layers[place].id)

    def toggle_visible(self) -> None:
        self.set_visible(self._session.active_layer, not self._session.active_layer.visible)

    def toggle_locked(self) -> None:
        self.set_locked(self._session.active_layer, not self._session.active_layer.locked)

    def set_visible(self, layer: Layer, visible: bool) -> None:
        """Show or hide a layer."""
        name = "Show layer" if visible else "Hide layer"
        self._session.execute(change_layer(layer, name, visible=visible))

    def set_locked(self, layer: Layer, locked: bool) -> None:
        """Keep a layer from being edited, or free it."""
        name = "Lock layer" if locked else "Unlock layer"
        self._session.execute(change_layer(layer, name, locked=locked))

    def rename(self, layer: Layer, called: str) -> None:
        """Call a layer otherwise; an empty name changes nothing."""
        if called.strip():
            self._session.execute(change_layer(layer, "Rename layer", called=called.strip()))

    def set_opacity(self, layer: Layer, opacity: float, gesture: object) -> None:
        """Let more or less of what lies below shine through, 0..1; one step for one gesture."""
        edit = change_layer(layer, "Change layer opacity", opacity=opacity)
        self._session.execute(edit, gesture)

    def _new_name(self) -> str:
        names = {layer.name for layer in self._session.document.layers}
        number = len(names) + 1
        while (name := tr("Layer {number}").format(number=number)) in names:
            number += 1
        return name

    @Slot()
    def _show(self) -> None:
        layers, layer = self._session.document.layers, self._session.active_layer
        place, top = self.place, len(layers) - 1
        self._actions["layer_delete"].setEnabled(top > 0 and not layer.locked)
        selected = bool(self._session.selected_ids)
        for id, possible in (
            ("layer_merge", self._may_merge()),
            ("move_to_above", selected and self._free_above() is not None),
            ("move_to_below", selected and self._free_below() is not None),
            ("layer_raise", place < top),
            ("layer_above", place < top),
            ("layer_lower", place > 0),
            ("layer_below", place > 0),
        ):
            self._actions[id].setEnabled(possible)
        self._actions["layer_visible"].setChecked(layer.visible)
        self._actions["layer_locked"].setChecked(layer.locked)


def _is_free(layer: Layer) -> bool:
    return layer.visible and not layer.locked
