"""Edits of layers and page are exact: each one undone gives the document back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.document import Document, Layer, Page, Pattern
from sketchstudio.core.edits import (
    Edit,
    LayerAdded,
    LayerChanged,
    LayerLook,
    LayerMoved,
    LayerRemoved,
    PageChanged,
    add_strokes,
    remove_strokes,
    replace_strokes,
)
from sketchstudio.core.layer_edits import merge_down, move_to_layer
from sketchstudio.core.stroke import Stroke
from sketchstudio.formats import native

KINDS = ("draw", "erase", "redraw", "add", "remove", "merge", "pass", "move", "change", "page")


def edit_of(document: Document, kind: str, number: int) -> Edit | None:
    """An edit that fits the document, or None where there is nothing to edit."""
    layers = document.layers
    place = number % len(layers)
    layer = layers[place]
    ids = [stroke.id for i, stroke in enumerate(layer.strokes) if number >> i & 1]
    stroke = Stroke.from_points([(number % 97, 0), (9, number % 31)])
    match kind:
        case "draw":
            return add_strokes(layer, [stroke], "Draw")
        case "erase":
            return remove_strokes(layer, ids, "Erase")
        case "redraw":
            return replace_strokes(layer, ids, [stroke], "Redraw")
        case "add":
            return LayerAdded(number % (len(layers) + 1), Layer(f"Layer {number}"))
        case "remove":
            return LayerRemoved(place, layer) if len(layers) > 1 else None
        case "merge":
            return merge_down(document, place, "Merge") if place else None
        case "pass":
            target = layers[number // 7 % len(layers)]
            return move_to_layer(layer, target, ids, "Pass") if target is not layer else None
        case "move":
            return LayerMoved(place, number // 7 % len(layers))
        case "change":
            look = LayerLook(f"Name {number}", number % 2 == 0, number % 3 == 0, number % 11 / 10)
            return LayerChanged(layer.id, LayerLook.of(layer), look)
        case _:
            size = (number + 1.0, 50.0) if number % 2 else None
            pattern = list(Pattern)[number % len(Pattern)]
            page = Page(f"#{number % (1 << 24):06x}", pattern, 2.0 + number % 50, size)
            return PageChanged(document.page, page)


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1 << 16)), max_size=15))
def test_any_edits_undone_give_the_first_file_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """Whatever is done to strokes, layers and page, undoing leaves not a byte changed."""
    first = Document((Layer("One", (Stroke.from_points([(1, 2), (3, 4)]),)), Layer("Two")))
    document, done = first, []
    for kind, number in steps:
        edit = edit_of(document, kind, number)
        if edit is not None:
            document = edit.apply(document)
            done.append(edit)
    last = document
    for edit in reversed(done):
        document = edit.inverse().apply(document)
    folder = tmp_path_factory.getbasetemp()
    assert file_of(document, folder) == file_of(first, folder)
    for edit in done:
        document = edit.apply(document)
    assert file_of(document, folder) == file_of(last, folder)


def file_of(document: Document, folder: Path) -> bytes:
    native.save(document, folder / "document.sketch")
    return (folder / "document.sketch").read_bytes()


def test_ink_moves_between_layers_in_its_order() -> None:
    """What was drawn later stays on top, over what was there before."""
    a, b, c = (Stroke.from_points([(i, 0)]) for i in range(3))
    one, two = Layer("One", (a,), opacity=0.5), Layer("Two", (b, c))
    document = Document((one, two))
    assert merge_down(document, 1, "Merge").apply(document).layers == (
        replace(one, strokes=(a, b, c)),
    )
    passed = move_to_layer(two, one, {c.id}, "Pass").apply(document)
    assert [layer.strokes for layer in passed.layers] == [(a, c), (b,)]
    with pytest.raises(ValueError, match="none below"):
        merge_down(document, 0, "Merge")


def test_edits_for_another_document_are_refused() -> None:
    """A stale edit must not do something else than it says."""
    one, two = Layer("One"), Layer("Two")
    document = Document((one, two))
    look = LayerLook("New", True, False, 1.0)
    for stale in (
        LayerRemoved(0, two),
        LayerAdded(5, Layer()),
        LayerAdded(0, one),
        LayerMoved(0, 2),
        LayerChanged(one.id, look, look),
        PageChanged(Page("#000000"), Page()),
    ):
        with pytest.raises(ValueError, match="does not fit"):
            stale.apply(document)
    with pytest.raises(ValueError, match="does not fit"):
        LayerRemoved(0, one).apply(Document((one,)))


def test_a_layer_that_comes_or_goes_brings_its_strokes_along() -> None:
    """Views learn of every stroke that is no longer there."""
    layer = Layer("Ink", (Stroke.from_points([(0, 0)]),))
    assert LayerAdded(0, layer).changes.added == layer.strokes
    assert LayerRemoved(0, layer).changes.removed == layer.strokes
    renamed = replace(LayerLook.of(layer), name="Other")
    change = LayerChanged(layer.id, LayerLook.of(layer), renamed)
    assert change.apply(Document((layer,))).layers[0] == replace(layer, name="Other")
