"""Whatever changes a session reaches its journal: edits, undo, ink under the pen, saving."""

from __future__ import annotations

from pathlib import Path

import pytest

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke
from sketchstudio.recovery import journal
from sketchstudio.recovery.journal import Draft
from sketchstudio.recovery.places import left_behind
from sketchstudio.state.keeping import Keeper
from sketchstudio.state.session import Session


class Kept:
    """A session with its keeper."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.session = Session()
        self.keeper = Keeper(self.session, root)

    def draw(self) -> Stroke:
        ink = Stroke.from_points([(1, 2), (3, 4)])
        self.session.execute(add_strokes(self.session.active_layer, [ink], "Draw"))
        return ink

    @property
    def draft(self) -> Draft:
        """What a start would find now."""
        assert self.keeper.flush(60)
        (folder,) = self.root.iterdir()
        return journal.read(folder / "journal")

    @property
    def ids(self) -> list[str]:
        return [stroke.id for stroke in self.draft.document.strokes()]


@pytest.fixture
def kept(qapp, tmp_path):
    kept = Kept(tmp_path / "journals")
    yield kept
    kept.keeper.close(keep=False)
    assert list(kept.root.glob("*")) == []


def test_edits_and_undo_are_kept(kept):
    """An untitled drawing from its first stroke on."""
    one, two = kept.draw(), kept.draw()
    assert kept.ids == [one.id, two.id]
    assert (kept.draft.path, kept.draft.dirty) == (None, True)
    kept.session.undo()
    assert kept.ids == [one.id]
    kept.session.redo()
    assert kept.ids == [one.id, two.id]


def test_ink_under_the_pen_is_kept(kept, qtbot):
    """A long stroke does not wait for its end; one that is given up is not kept."""
    drawn = kept.draw()
    ink: list[Stroke] = [Stroke.from_points([(5, 6), (7, 8)])]
    kept.keeper.watch_ink(lambda: ink[-1] if ink else None)
    kept.keeper.on_ink_started()
    qtbot.waitUntil(lambda: kept.ids == [drawn.id, ink[0].id])
    ink.append(Stroke.from_points([(5, 6), (7, 8), (9, 9)]))
    qtbot.waitUntil(lambda: len(kept.draft.document.layers[0].strokes[1].samples) == 3)
    ink.clear()
    qtbot.waitUntil(lambda: kept.ids == [drawn.id])
    assert not kept.keeper._while_drawing.isActive()


def test_saving_and_opening_are_known(kept, tmp_path):
    """A start offers no drawing that is saved, and names one that has changed since."""
    kept.draw()
    assert kept.draft.dirty
    kept.session.mark_saved(tmp_path / "a.sketch")
    assert not kept.draft.dirty
    kept.draw()
    assert (kept.draft.dirty, kept.draft.name) == (True, "a.sketch")
    assert kept.draft.path == tmp_path / "a.sketch"
    kept.session.load(Document((Layer("other"),)), tmp_path / "b.sketch")
    assert (kept.draft.dirty, kept.draft.name) == (False, "b.sketch")


def test_what_was_restored_is_kept_at_once(kept):
    """A second crash right after the first costs nothing either."""
    document = Document((Layer("a", (Stroke.from_points([(1, 2)]),)),))
    kept.session.load(document, dirty=True)
    assert kept.draft.dirty
    assert kept.ids == [stroke.id for stroke in document.strokes()]


def test_nothing_is_kept_halfway_through_a_restoring(kept, tmp_path, monkeypatch):
    """A kill in the midst of it would leave an empty drawing beside the one to be restored."""
    noted = []
    monkeypatch.setattr(kept.keeper._recorder, "note", noted.append)
    left = Document((Layer(strokes=(Stroke.from_points([(1, 2), (3, 4)]),)),))
    kept.session.load(left, tmp_path / "a.sketch", dirty=True)
    assert {draft.path for draft in noted} == {tmp_path / "a.sketch"}
    assert all(draft.document.layers == left.layers for draft in noted)


def test_an_end_without_a_question_keeps_it(qapp, tmp_path):
    """As when the computer is shut down."""
    kept = Kept(tmp_path)
    drawn = kept.draw()
    kept.keeper.close(keep=True)
    (found,) = left_behind(tmp_path)
    assert [stroke.id for stroke in found.draft.document.strokes()] == [drawn.id]
