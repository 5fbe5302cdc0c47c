from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import (
    StrokesEdit,
    add_strokes,
    exchange_strokes,
    merged,
    remove_strokes,
    replace_strokes,
    swap_strokes,
)
from sketchstudio.core.geometry import moved, without
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.core.transform import Affine, transformed


def stroke(x: float) -> Stroke:
    return Stroke.from_points([(x, 0.1 * x), (x + 1 / 3, 7.7)])


def content(document: Document) -> list[object]:
    """All of a document that can be seen or saved, to the byte."""
    return [
        (layer.id, layer.name, [(s.id, s.style, s.samples.tobytes()) for s in layer.strokes])
        for layer in document.layers
    ]


def edits(layer: Layer) -> st.SearchStrategy[StrokesEdit]:
    """Any edit of a layer that tools make."""
    ids = [s.id for s in layer.strokes]
    some = st.sets(st.sampled_from(ids)) if ids else st.just(set())
    number = st.floats(-1e3, 1e3)

    def swapped(chosen: set[str], x: float, width: float) -> StrokesEdit:
        style = StrokeStyle(width=abs(width) + 0.1, smoothing=0.9)
        changed = [moved(s, x, -x).with_style(style) for s in layer.strokes if s.id in chosen]
        return swap_strokes(layer, changed, "Change")

    def cut(chosen: set[str], x: float) -> StrokesEdit:
        parts = {s.id: without(s, (x, -9), (x, 9), 5) for s in layer.strokes if s.id in chosen}
        left = {id: rest for id, rest in parts.items() if rest is not None}
        return exchange_strokes(layer, left, "Erase part")

    def turned(chosen: set[str], angle: float, factor: float) -> StrokesEdit:
        affine = Affine.turning(angle, (3, 4)) if factor < 0 else Affine.scaling(factor, 2, (1, 1))
        changed = [transformed(s, affine) for s in layer.strokes if s.id in chosen]
        return swap_strokes(layer, changed, "Turn")

    return st.one_of(
        number.map(lambda x: add_strokes(layer, [stroke(x), stroke(-x)], "Draw")),
        some.map(lambda chosen: remove_strokes(layer, chosen, "Erase")),
        st.builds(cut, some, number),
        st.builds(turned, some, number, number),
        st.builds(
            lambda chosen, x: replace_strokes(layer, chosen, [stroke(x)], "Redraw"), some, number
        ),
        st.builds(swapped, some, number, number),
    )


@given(st.data())
def test_undoing_everything_gives_the_first_document_back(data):
    """Whatever was done, to the byte: undo is what makes people dare."""
    document = Document((Layer("a", tuple(stroke(x) for x in range(5))), Layer("b")))
    first = content(document)
    done = []
    for _ in range(data.draw(st.integers(1, 12))):
        edit = data.draw(st.sampled_from(document.layers).flatmap(edits))
        after = edit.apply(document)
        done.append(edit)
        document = after
    last = content(document)
    for edit in reversed(done):
        document = edit.inverse().apply(document)
    assert content(document) == first
    for edit in done:
        document = edit.apply(document)
    assert content(document) == last


def test_an_edit_for_another_document_is_refused():
    """A stroke that is not there cannot be taken away."""
    one, other = Document(), Document()
    edit = add_strokes(one.layers[0], [stroke(1)], "Draw")
    with pytest.raises(KeyError):
        edit.apply(other)
    with pytest.raises(ValueError, match="does not fit"):
        edit.inverse().apply(one)


def test_moving_there_and_back_keeps_the_bytes():
    """Undo brings the very samples back, not ones that were computed twice."""
    document = Document((Layer("a", (stroke(1 / 3),)),))
    (layer,) = document.layers
    edit = swap_strokes(layer, [moved(layer.strokes[0], 1e6, 0.1)], "Move")
    back = edit.inverse().apply(edit.apply(document))
    np.testing.assert_array_equal(back.layers[0].strokes[0].samples, layer.strokes[0].samples)


def test_exchanged_strokes_keep_their_place():
    """What is left of a cut stroke lies where the stroke lay, between its neighbours."""
    layer = Layer("a", tuple(stroke(x) for x in range(4)))
    a, b, c, d = layer.strokes
    one, two = stroke(8), stroke(9)
    document = Document((layer,))
    edit = exchange_strokes(layer, {b.id: [one, two], d.id: []}, "Erase part")
    after = edit.apply(document)
    assert after.layers[0].strokes == (a, one, two, c)
    assert edit.inverse().apply(after).layers[0].strokes == layer.strokes


def test_only_like_edits_of_the_same_strokes_become_one():
    """A nudge after another goes on with it; one of other strokes, or another edit, does not."""
    layer = Layer("a", (stroke(1), stroke(2)))
    first = swap_strokes(layer, [moved(layer.strokes[0], 1, 0)], "Nudge")
    after = first.apply(Document((layer,))).layers[0]
    then = swap_strokes(after, [moved(after.strokes[0], 1, 0)], "Nudge")
    whole = merged(first, then)
    assert (
        whole.apply(Document((layer,))).layers[0].strokes
        == then.apply(Document((after,))).layers[0].strokes
    )
    assert whole.inverse().apply(then.apply(Document((after,)))).layers[0].strokes == layer.strokes
    assert merged(first, swap_strokes(after, [moved(after.strokes[1], 1, 0)], "Nudge")) is None
    assert merged(first, swap_strokes(after, [moved(after.strokes[0], 1, 0)], "Move")) is None
