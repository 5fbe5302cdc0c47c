from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sketchstudio.core.document import Document, Layer, Page
from sketchstudio.core.edits import ChangeSet, add_strokes, remove_strokes
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.core.transform import Affine
from sketchstudio.state.session import Session

ACTIONS = ("draw", "erase", "move", "style", "clear")


def a_stroke(x: float = 0) -> Stroke:
    return Stroke.from_points([(x, 0), (x + 10, 10)])


def draw(session: Session, *strokes: Stroke) -> None:
    session.execute(add_strokes(session.active_layer, strokes, "Draw"))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTIONS), st.integers(0, 1 << 16)),
        max_size=12,
    )
)
def test_undoing_everything_gives_the_first_document(actions):
    """Whatever was done, undo leads back and redo leads forth, stroke for stroke."""
    session = Session()
    draw(session, a_stroke(), a_stroke(20))
    session.undo_stack.clear()
    first = session.document
    for action, number in actions:
        ids = [stroke.id for stroke in session.document.strokes()]
        session.select([key for i, key in enumerate(ids) if number >> i & 1])
        match action:
            case "draw":
                draw(session, a_stroke(number))
            case "erase":
                session.delete_selection()
            case "move":
                session.transform_selection(Affine.moving(number % 7, 3), "Move")
            case "style":
                session.restyle_selection(color=f"#{number:06x}", width=2 + number % 3)
            case "clear":
                session.clear()
    last = session.document
    while session.undo_stack.canUndo():
        session.undo()
    assert list(session.document.strokes()) == list(first.strokes())
    assert session.document.layers == first.layers
    while session.undo_stack.canRedo():
        session.redo()
    assert list(session.document.strokes()) == list(last.strokes())


def test_edit_is_one_named_undo_step():
    """The history shows each edit by its name."""
    session = Session()
    draw(session, a_stroke(), a_stroke(9))
    assert session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == "Draw"


def test_empty_edit_leaves_no_step():
    """Erasing nothing is nothing to undo."""
    session = Session()
    session.execute(remove_strokes(session.active_layer, ["nobody"], "Erase"))
    session.clear()
    assert session.undo_stack.count() == 0


def test_edit_for_another_document_is_refused():
    """A stale edit raises and changes nothing."""
    session = Session()
    draw(session, a_stroke())
    stale = remove_strokes(session.active_layer, [session.active_layer.strokes[0].id], "Erase")
    session.clear()
    before = session.document
    with pytest.raises(ValueError, match="does not fit"):
        session.execute(stale)
    assert session.document is before


def test_changes_name_the_strokes():
    """Views learn what came and what went, on undo as well."""
    session = Session()
    heard: list[ChangeSet] = []
    session.document_changed.connect(heard.append)
    stroke = a_stroke()
    draw(session, stroke)
    session.undo()
    assert heard[0].added == (stroke,)
    assert heard[1].removed == (stroke,)


def test_selection_loses_what_vanishes():
    """A deleted stroke is no longer selected when views hear of the change."""
    session = Session()
    gone, stays = a_stroke(), a_stroke(30)
    draw(session, gone, stays)
    session.select_all()
    seen: list[frozenset[str]] = []
    session.document_changed.connect(lambda _: seen.append(session.selected_ids))
    session.execute(remove_strokes(session.active_layer, [gone.id], "Erase"))
    assert seen == [frozenset({stays.id})]
    assert session.selected_strokes() == (stays,)


def test_restyle_and_move_keep_selection_and_order():
    """Restyled and moved strokes stay selected and where they were in the layer."""
    session = Session()
    draw(session, a_stroke(), a_stroke(30))
    ids = [stroke.id for stroke in session.document.strokes()]
    session.select(ids[:1])
    session.restyle_selection(color="#ff0000")
    session.transform_selection(Affine.moving(5, 6), "Move")
    strokes = list(session.document.strokes())
    assert [stroke.id for stroke in strokes] == ids
    assert strokes[0].style.color == "#ff0000"
    np.testing.assert_array_equal(strokes[0].points[0], (5, 6))
    assert session.selected_ids == {ids[0]}


def test_dirty_follows_saving_and_undo(tmp_path: Path):
    """A saved document is clean, a changed one is not, and undo back to the save is."""
    session = Session()
    heard: list[bool] = []
    session.dirty_changed.connect(heard.append)
    draw(session, a_stroke())
    session.mark_saved(tmp_path / "a.sketch")
    draw(session, a_stroke())
    session.undo()
    assert heard == [True, False, True, False]
    assert session.path == tmp_path / "a.sketch"


def test_load_starts_anew():
    """Another document brings no old history, selection or path."""
    session = Session()
    draw(session, a_stroke())
    session.select_all()
    heard: list[ChangeSet] = []
    session.document_changed.connect(heard.append)
    other = Document(page=Page("#000000"))
    session.load(other)
    assert session.document is other
    assert session.active_layer is other.layers[0]
    assert not session.dirty
    assert not session.selected_ids
    assert not session.undo_stack.canUndo()
    assert heard[-1].whole


def test_new_ink_goes_where_it_is_seen():
    """A file may have a hidden or locked layer on top: ink drawn there would vanish or intrude."""
    low, shown = Layer("low"), Layer("shown")
    session = Session()
    session.load(Document((low, shown, Layer(visible=False), Layer(locked=True))))
    assert session.active_layer is shown
    session.load(Document((Layer(visible=False), hidden := Layer(visible=False))))
    assert session.active_layer is hidden


def three() -> Session:
    strokes = tuple(Stroke.from_points([(x, 0), (x, 9)]) for x in (1, 20, 40))
    session = Session(Document((Layer("a", strokes),)))
    session.select_all()
    return session


def test_selected_ink_is_meant_or_else_all_of_the_layer():
    """Highlighter only marks ink, selected or not; ink of other layers is another matter."""
    session = three()
    mark = a_stroke().with_style(StrokeStyle(highlighter=True))
    one, two, three_ = session.active_layer.strokes
    draw(session, mark)
    session.select([two.id, mark.id])
    assert session.meant_strokes == (two,)
    session.select([])
    assert session.meant_strokes == (one, two, three_)
    session.load(Document((Layer("a", (one,)), Layer("b"))))
    assert session.meant_strokes == ()


def test_nudges_in_a_row_are_one_step():
    """A key that is held is one gesture; another selection or edit begins a new step."""
    session = three()
    before = [stroke.samples.tobytes() for stroke in session.document.strokes()]
    for _ in range(5):
        session.nudge_selection(0.1, 0)
    assert session.undo_stack.count() == 1
    session.restyle_selection(color="#ff0000")
    session.nudge_selection(0.1, 0)
    assert session.undo_stack.count() == 3
    session.select([next(session.document.strokes()).id])
    session.nudge_selection(0.1, 0)
    assert session.undo_stack.count() == 4
    while session.undo_stack.canUndo():
        session.undo()
    assert [stroke.samples.tobytes() for stroke in session.document.strokes()] == before


def test_a_slider_over_a_selection_is_one_step():
    """Width and smoothing follow the slider; undo goes back to before it was touched."""
    session = three()
    for width in (4, 5, 6.5):
        session.restyle_selection(width=width)
    for amount in (0.5, 0.9):
        session.restyle_selection(smoothing=amount)
    assert {s.style.width for s in session.document.strokes()} == {6.5}
    assert {s.style.smoothing for s in session.document.strokes()} == {0.9}
    assert [session.undo_stack.text(i) for i in range(2)] == ["Change width", "Change smoothing"]
    assert session.undo_stack.count() == 2
    session.undo()
    session.undo()
    assert {s.style for s in session.document.strokes()} == {StrokeStyle(pressure=False)}


def test_duplicates_lie_beside_and_are_selected():
    """Copies have ids of their own; one step."""
    session = three()
    ids = session.selected_ids
    session.duplicate_selection()
    assert len(list(session.document.strokes())) == 6
    assert len(session.selected_ids) == 3
    assert not session.selected_ids & ids
    session.undo()
    assert {stroke.id for stroke in session.document.strokes()} == ids


def test_clearing_takes_the_ink_of_every_free_layer_in_one_step():
    """What cannot be edited stays, and one undo brings back the rest in its order."""
    layers = [
        Layer(strokes=(a_stroke(), a_stroke(9))),
        Layer(strokes=(a_stroke(),), locked=True),
        Layer(strokes=(a_stroke(),), visible=False),
        Layer(strokes=(a_stroke(),)),
    ]
    session = Session(Document(tuple(layers)))
    before = session.document
    session.clear()
    assert [len(layer.strokes) for layer in session.document.layers] == [0, 1, 1, 0]
    assert session.undo_stack.count() == 1
    session.undo()
    assert session.document == before


def test_opening_the_same_drawing_again_selects_nothing():
    """Its strokes have the same names as those selected before."""
    session = Session()
    draw(session, a_stroke())
    session.select_all()
    session.load(session.document)
    assert not session.selected_ids


def test_a_session_that_is_dropped_takes_its_history_along() -> None:
    """A window was closed, and the app died of the commands that Python had freed first."""
    code = """
import gc
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke
from sketchstudio.state.session import Session
for again in range(50):
    session = Session()
    for step in range(4):
        edit = add_strokes(session.active_layer, [Stroke.from_points([[0, step]])], "Draw")
        session.execute(edit)
    session.undo()
    session.window = [session]
    del session
    gc.collect()
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_first_layer_speaks_the_language_of_the_others(monkeypatch):
    """A new page has no English name beside those that are added to it."""
    monkeypatch.setattr("sketchstudio.state.session.tr", {"Layer {number}": "图层 {number}"}.get)
    assert Session().active_layer.name == "图层 1"
