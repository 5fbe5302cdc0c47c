"""A journal gives back the last draft that reached the disk, whatever happened after it."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sketchstudio.core.document import Document, Layer, Page, View
from sketchstudio.core.edits import (
    Edit,
    LayerAdded,
    LayerMoved,
    LayerRemoved,
    PageChanged,
    add_strokes,
    change_layer,
    exchange_strokes,
    remove_strokes,
    swap_strokes,
    together,
)
from sketchstudio.core.geometry import moved
from sketchstudio.core.past_proposal import PastProposal
from sketchstudio.core.stroke import Origin, Provenance, Stroke, StrokeStyle
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.recovery import journal
from sketchstudio.recovery.journal import Draft, Journal
from tests.helpers.disk import Disk

CODE = np.arange(4, dtype="<f2").tobytes()


def proposal() -> PastProposal:
    made = Provenance("studio", "complete", 5, 0.2, (), (), CODE)
    return PastProposal(made, (np.ones((2, 2), np.float32),), "#112233", 3.0, replaces=("a",))


def stroke(x: float, model: bool = False) -> Stroke:
    samples = np.array([[x, 1, 0.5, 0], [x / 3, 2, 0.7, 8]], dtype=np.float32)
    if model:
        made = Provenance("studio", "redraw", 3, 0.4, ("cat",), (), CODE)
        return Stroke(samples, StrokeStyle("#112233"), Origin.MODEL, made)
    return Stroke(samples, unknown='{"tilt": 1}')


def content(document: Document) -> bytes:
    """All that can be saved of a document, to the byte."""
    file = io.BytesIO()
    native.write(document, file)
    return file.getvalue()


def edits(document: Document) -> st.SearchStrategy[Edit]:
    """Any edit of a document: ink, layers and paper."""
    layers = document.layers
    layer = st.sampled_from(layers)
    index = st.integers(0, len(layers) - 1)
    number = st.floats(-1e3, 1e3)

    def of_ink(layer: Layer) -> st.SearchStrategy[Edit]:
        ids = [stroke.id for stroke in layer.strokes]
        some = st.sets(st.sampled_from(ids)) if ids else st.just(set())

        def shift(chosen: set[str], x: float) -> Edit:
            changed = [moved(s, x, -x) for s in layer.strokes if s.id in chosen]
            return swap_strokes(layer, changed, "Move")

        def cut(chosen: set[str], x: float) -> Edit:
            return exchange_strokes(layer, {id: [stroke(x), stroke(-x)] for id in chosen}, "Cut")

        return st.one_of(
            st.builds(
                lambda x, m: add_strokes(layer, [stroke(x, m)], "Draw"), number, st.booleans()
            ),
            some.map(lambda chosen: remove_strokes(layer, chosen, "Erase")),
            st.builds(shift, some, number),
            st.builds(cut, some, number),
        )

    def merge_down(index: int) -> Edit:
        if index == 0:
            return together([], "Merge")
        upper, lower = layers[index], layers[index - 1]
        steps = [LayerRemoved(index, upper), add_strokes(lower, upper.strokes, "Merge")]
        return together(steps, "Merge")

    choices = [
        layer.flatmap(of_ink),
        layer.flatmap(of_ink),
        st.builds(lambda i, x: LayerAdded(i, Layer("New", (stroke(x),))), index, number),
        st.builds(LayerMoved, index, index),
        index.map(merge_down),
        st.builds(lambda one, seen: change_layer(one, "Show", visible=seen), layer, st.booleans()),
        st.builds(
            lambda width: PageChanged(document.page, Page(size=(width, 9.0))), st.floats(1, 99)
        ),
    ]
    if len(layers) > 1:
        choices.append(index.map(lambda i: LayerRemoved(i, layers[i])))
    return st.one_of(choices)


@settings(max_examples=40)
@given(data=st.data())
def test_a_journal_replayed_is_the_document(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any edits, undone and done again, some written together: the same to the byte."""
    path = tmp_path_factory.mktemp("journal") / "journal"
    document = Document((Layer("a", tuple(stroke(x) for x in range(4))), Layer("b")))
    with closing(Journal(path)) as writer:
        writer.write(Draft(document))
        done: list[Edit] = []
        for _ in range(data.draw(st.integers(1, 12))):
            if done and data.draw(st.booleans()):
                document = done.pop().inverse().apply(document)
            else:
                edit = data.draw(edits(document))
                document = edit.apply(document)
                done.append(edit)
            if data.draw(st.booleans()):
                kept = data.draw(st.permutations(document.proposals))[:2]
                document = replace(document, view=View(1, 2), proposals=(*kept, proposal()))
                done.clear()
            if data.draw(st.booleans()):
                writer.write(Draft(document))
                assert content(journal.read(path).document) == content(document)
        writer.write(Draft(document, "Name", Path("a/b.sketch"), False, 12.5))
    found = journal.read(path)
    assert content(found.document) == content(document)
    assert (found.name, found.path, found.dirty) == ("Name", Path("a/b.sketch"), False)
    assert found.time == 12.5


def grown(count: int) -> list[Document]:
    """Documents, each with a stroke more than the one before."""
    documents = [Document((Layer("a"),))]
    for x in range(count):
        layer = documents[-1].layers[0]
        documents.append(add_strokes(layer, [stroke(x)], "Draw").apply(documents[-1]))
    return documents


def test_a_record_cut_off_anywhere_is_passed_over(tmp_path: Path) -> None:
    """A power cut in the middle of a write costs that write, at every byte where it may come."""
    path, cut = tmp_path / "journal", tmp_path / "cut"
    documents, ends = grown(3), []
    writer = Journal(path)
    for document in documents:
        writer.write(Draft(document))
        ends.append(path.stat().st_size)
    writer.close()
    data = path.read_bytes()
    for length in sorted({*range(0, ends[-1], 5), *ends, *(end - 1 for end in ends)}):
        cut.write_bytes(data[:length])
        whole = sum(end <= length for end in ends)
        if whole:
            assert content(journal.read(cut).document) == content(documents[whole - 1])
        else:
            with pytest.raises(FormatError, match="cut: "):
                journal.read(cut)


def test_a_torn_record_is_passed_over(tmp_path: Path) -> None:
    """A last record whose bytes are not what was written is not believed."""
    path = tmp_path / "journal"
    documents = grown(2)
    writer = Journal(path)
    writer.write(Draft(documents[1]))
    whole = path.stat().st_size
    writer.write(Draft(documents[2]))
    writer.close()
    data = bytearray(path.read_bytes())
    for at in range(whole, len(data)):
        torn = bytearray(data)
        torn[at] ^= 0x10
        path.write_bytes(torn)
        assert content(journal.read(path).document) == content(documents[1])


def too_far() -> Stroke:
    return Stroke(np.full((2, 4), 2e30, np.float32))


def test_a_record_that_cannot_be_read_costs_none_before_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One stroke beyond all measure, or one that is there twice, leaves the 50 drawn before."""
    documents = grown(50)
    layer = documents[-1].layers[0]
    for number, ink in enumerate(([too_far()], [layer.strokes[0]])):
        path = tmp_path / str(number)
        spoilt = replace(documents[-1], layers=(replace(layer, strokes=(*layer.strokes, *ink)),))
        with closing(Journal(path)) as writer:
            for document in (*documents, spoilt, spoilt):
                writer.write(Draft(document))
        assert content(journal.read(path).document) == content(documents[-1])
        assert caplog.messages[-1].startswith(f"{path}: only read up to a record that is damaged: ")


def test_a_journal_of_one_record_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """There is nothing before it."""
    path = tmp_path / "journal"
    with closing(Journal(path)) as writer:
        writer.write(Draft(Document((Layer("a", (too_far(),)),))))
    with pytest.raises(FormatError, match="journal: damaged: a sample that is not finite"):
        journal.read(path)


@pytest.mark.parametrize("kind", ["room", "syncs"])
def test_a_full_disk_costs_nothing_written_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The disk fails at every byte and sync in turn; then there is room again, and all is there."""
    disk = Disk(monkeypatch)
    documents = grown(4)
    room, failed = 0, True
    while failed:
        path = tmp_path / f"{kind}-{room}"
        writer, written, failed = Journal(path), None, False
        setattr(disk, kind, room)
        for document in documents:
            try:
                writer.write(Draft(document))
                writer.sync()
            except OSError:
                writer.close()
                failed = True
                break
            written = document
        if path.exists():
            kept = [content(one) for one in (written, document) if one is not None]
            assert content(journal.read(path).document) in kept
        else:
            assert written is None
        setattr(disk, kind, 1 << 40)
        writer.write(Draft(documents[-1]))
        assert content(journal.read(path).document) == content(documents[-1])
        writer.close()
        assert [file.name for file in tmp_path.iterdir() if file.suffix == ".tmp"] == []
        room += 1 if kind == "syncs" else 37
    assert room > 3


def test_a_journal_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour of moving the same strokes about needs no more room than a few of them."""
    monkeypatch.setattr(journal, "_SLACK", 2048)
    writer = Journal(tmp_path / "journal")
    document, sizes = grown(20)[-1], []
    for step in range(60):
        layer = document.layers[0]
        changed = [moved(one, 1, step) for one in layer.strokes]
        document = swap_strokes(layer, changed, "Move").apply(document)
        writer.write(Draft(document))
        sizes.append((tmp_path / "journal").stat().st_size)
    writer.close()
    assert max(sizes) < 6 * sizes[0] + 2048
    assert content(journal.read(tmp_path / "journal").document) == content(document)


def test_other_files_and_later_journals_are_refused(tmp_path: Path) -> None:
    """In one line, as with drawings."""
    path = tmp_path / "journal"
    for data, line in (
        (b"", "not a journal"),
        (b"PK\3\4", "not a journal"),
        (b"sketchstudio journal 1\n", "no whole record"),
        (b"sketchstudio journal 2\nxyz", "newer sketchstudio"),
    ):
        path.write_bytes(data)
        with pytest.raises(FormatError, match=line):
            journal.read(path)
