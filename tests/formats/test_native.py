"""Documents come back as they were saved, and damaged files are refused in one line."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sketchstudio.core.document import Document, Layer, Page, Pattern, View
from sketchstudio.core.past_proposal import MOST, MOST_FAVOURITES, PastProposal
from sketchstudio.core.provenance import Provenance, packed_code
from sketchstudio.core.stroke import Origin, Stroke, StrokeStyle
from sketchstudio.formats import native
from tests.helpers.sketch_file import DOCUMENT, STROKE, rewritten

numbers = st.floats(-(2.0**99), 2.0**99, width=32)
colors = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
styles = st.builds(
    StrokeStyle,
    colors,
    st.floats(0.1, 500),
    st.booleans(),
    st.floats(0, 1),
    st.floats(0.01, 100),
)
codes = arrays(np.float16, 3, elements=st.floats(-9, 9, width=16)).map(packed_code)
makers = st.builds(
    Provenance,
    st.text(),
    st.text(),
    st.integers(),
    st.floats(0, 2),
    st.lists(st.text(), max_size=2).map(tuple),
    st.lists(st.floats(-9, 9), max_size=2).map(tuple),
    st.just(b"") | codes,
    st.sampled_from(["", '{"mood": ["calm", 1.5]}']),
)
lines = st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, 2), elements=numbers))
proposals = st.builds(
    PastProposal,
    makers,
    st.lists(lines, min_size=1, max_size=3).map(tuple),
    colors,
    st.floats(0, 99),
    st.lists(lines, max_size=2).map(tuple),
    st.lists(st.text(), max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
)
strokes = st.builds(
    Stroke,
    st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, 4), elements=numbers)),
    styles,
    st.sampled_from(Origin),
    st.none() | makers,
)
layers = st.builds(
    Layer,
    st.text(),
    st.lists(strokes, max_size=4).map(tuple),
    st.booleans(),
    st.booleans(),
    st.floats(0, 1),
)
pages = st.builds(
    Page,
    colors,
    st.sampled_from(Pattern),
    st.floats(2, 500),
    st.none() | st.tuples(st.floats(1, 9999), st.floats(1, 9999)),
)
views = st.builds(
    View, numbers.map(lambda x: x % 99), st.just(3), st.floats(0.1, 9), st.floats(-9, 9)
)
documents = st.builds(
    Document,
    st.lists(layers, min_size=1, max_size=3).map(tuple),
    pages,
    st.text(),
    st.none() | views,
    st.just(""),
    st.lists(proposals, max_size=3).map(tuple),
)


@settings(max_examples=30)
@given(document=documents)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    """Everything a document holds survives, to the byte."""
    one, two = (tmp_path_factory.getbasetemp() / name for name in ("one.sketch", "two.sketch"))
    native.save(document, one)
    again = native.load(one)
    native.save(again, two)
    assert one.read_bytes() == two.read_bytes()
    assert (again.page, again.view) == (document.page, document.view)
    assert [replace(a, strokes=()) for a in again.layers] == [
        replace(b, strokes=()) for b in document.layers
    ]
    for a, b in zip(
        (s for layer in again.layers for s in layer.strokes),
        (s for layer in document.layers for s in layer.strokes),
        strict=True,
    ):
        assert a.samples.tobytes() == b.samples.tobytes()
        assert (a.style, a.origin, a.provenance, a.id) == (b.style, b.origin, b.provenance, b.id)
    for one, other in zip(again.proposals, document.proposals, strict=True):
        for name in ("made", "color", "width", "replaces", "accepted", "favourite", "id"):
            assert getattr(one, name) == getattr(other, name)
        for a, b in zip((*one.strokes, *one.ink), (*other.strokes, *other.ink), strict=True):
            assert a.tobytes() == b.tobytes()


def made_of(code: bytes) -> Provenance:
    return Provenance("m", "complete", 1, 0.1, code=code)


def test_a_code_is_written_once(tmp_path: Path) -> None:
    """A hundred strokes of one sketch, and its proposal, cost its code once."""
    made = made_of(packed_code(np.linspace(-2, 2, 128)))
    stroke = Stroke.from_points([[1, 2], [3, 4]], StrokeStyle(), Origin.MODEL, made)
    many = tuple(replace(stroke, id=str(i)) for i in range(100))
    past = PastProposal(made, (stroke.points,), "#112233", 3.0)
    path = tmp_path / "a.sketch"
    native.save(Document((Layer("Ink", many),), proposals=(past,)), path)
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("document.json"))
    (written,) = index["codes"].values()
    assert len(written) == 344
    again = native.load(path)
    assert {stroke.provenance for stroke in again.strokes()} == {made}
    assert again.proposals[0].made == made


def test_a_code_that_is_not_there_is_not_known(tmp_path: Path) -> None:
    """Ink is worth more than what it was made of."""
    path = rewritten(
        tmp_path / "a.sketch",
        lambda index: index["layers"][0]["strokes"][0]["provenance"].update(code="0123"),
    )
    made = next(native.load(path).strokes()).provenance
    assert made is not None
    assert made.code == b""


@pytest.mark.parametrize("wild", [np.nan, np.inf, 1e6])
def test_a_code_that_is_none_leaves_the_drawing_readable(tmp_path: Path, wild: float) -> None:
    """Half precision ends at 65,504; a file with an infinite number would not open again."""
    made = replace(STROKE.provenance, code=packed_code([0.5, wild]))
    path = tmp_path / "a.sketch"
    native.save(Document((Layer(strokes=(replace(STROKE, provenance=made),)),)), path)
    (stroke,) = native.load(path).layers[0].strokes
    assert stroke.provenance == made
    assert made.code == b""


def test_the_history_of_proposals_is_bounded(tmp_path: Path) -> None:
    """The oldest go, and favourites after all others."""
    past = [
        PastProposal(made_of(b""), (STROKE.points,), "#112233", 3.0, favourite=i % 2 == 0)
        for i in range(2 * MOST_FAVOURITES + 20)
    ]
    path = tmp_path / "a.sketch"
    native.save(replace(DOCUMENT, proposals=tuple(past)), path)
    again = native.load(path).proposals
    assert sum(one.favourite for one in again) == MOST_FAVOURITES
    assert sum(not one.favourite for one in again) == MOST
    assert again[-1].id == past[-1].id


def test_the_first_bytes_tell_the_format(tmp_path: Path) -> None:
    """As other zip formats do it: tools find the type at a fixed place, uncompressed."""
    native.save(DOCUMENT, tmp_path / "a.sketch")
    head = (tmp_path / "a.sketch").read_bytes()[:64]
    assert head[30:64].startswith(b"mimetypeapplication/x-sketchstudio")
