"""Proposals of before: kept, bounded, and taken after all in one step."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.past_proposal import MOST, MOST_POINTS
from sketchstudio.core.provenance import Provenance
from sketchstudio.core.stroke import Origin, Stroke
from sketchstudio.state.past_proposals import PastProposals
from sketchstudio.state.session import Session

INK = [Stroke.from_points([[0, 0], [50, 2], [100, 0]])]


def ghost(seed: int, points: int = 4) -> list[Stroke]:
    made = Provenance("m", "complete", seed, 0.1, ("cat",))
    rows = np.random.default_rng(seed).normal(size=(points, 2))
    return [Stroke.from_points(rows, INK[0].style, Origin.MODEL, made)]


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    session = Session()
    session.execute(add_strokes(session.active_layer, INK, "Draw"))
    return session


def test_the_newest_are_kept(session: Session) -> None:
    """Remembering is no edit: nothing to undo, nothing to save."""
    past = PastProposals(session)
    session.undo_stack.setClean()
    document = session.document
    for seed in range(MOST + 5):
        past.remember(ghost(seed), INK, replaces=False, accepted=False)
    assert [one.made.seed for one in past.all] == list(range(5, MOST + 5))
    assert session.document is document
    assert not session.dirty
    assert session.whole.proposals == past.all


def test_the_same_one_is_remembered_once(session: Session) -> None:
    """Shown again it is the newest; accepted once, it stays accepted."""
    past = PastProposals(session)
    for seed, accepted in ((1, True), (2, False), (1, False)):
        past.remember(ghost(seed), INK, replaces=False, accepted=accepted)
    assert [(one.made.seed, one.accepted) for one in past.all] == [(2, False), (1, True)]


def test_one_that_is_huge_is_not_kept(session: Session) -> None:
    """The file stays small, whatever was drawn."""
    past = PastProposals(session)
    past.remember(ghost(1, MOST_POINTS + 1), INK, replaces=False, accepted=True)
    assert past.all == ()


def test_a_favourite_outlives_the_others(session: Session) -> None:
    """Marking one is worth saving, and it is not crowded out."""
    past = PastProposals(session)
    past.remember(ghost(0), INK, replaces=False, accepted=False)
    session.undo_stack.setClean()
    past.set_favourite(past.all[0], True)
    assert session.dirty
    for seed in range(1, MOST + 5):
        past.remember(ghost(seed), INK, replaces=False, accepted=False)
    assert past.all[0].made.seed == 0
    past.discard(past.all[0])
    assert 0 not in {one.made.seed for one in past.all}


def test_applying_is_one_step(session: Session) -> None:
    """It becomes the model's ink, in the look it had, and undo gives the document back."""
    past = PastProposals(session)
    past.remember(ghost(1), INK, replaces=False, accepted=False)
    before = session.document
    assert past.apply(past.all[0])
    (mine, new) = session.active_layer.strokes
    assert mine is INK[0]
    assert (new.origin, new.style.color) == (Origin.MODEL, INK[0].style.color)
    assert new.provenance == past.all[0].made
    assert past.all[0].accepted
    session.undo()
    assert session.document == before
    assert past.all[0].accepted, "that it was ink once is told, whatever is undone"


def test_marking_and_discarding_are_undone(session: Session) -> None:
    """Each is one step, in its place again after undo, with what happened to it meanwhile."""
    past = PastProposals(session)
    for seed in range(3):
        past.remember(ghost(seed), INK, replaces=False, accepted=False)
    kept = past.all
    session.undo_stack.setClean()
    past.set_favourite(kept[1], True)
    past.discard(past.all[1])
    assert [one.made.seed for one in past.all] == [0, 2]
    session.undo()
    assert [one.made.seed for one in past.all] == [0, 1, 2]
    assert past.all[1].favourite
    assert past.apply(past.all[1])
    session.undo()
    session.undo()
    assert not past.all[1].favourite
    assert past.all[1].accepted
    assert not session.dirty
    session.redo()
    assert past.all[1].favourite
    assert session.dirty


def test_what_was_crowded_out_is_not_brought_back_by_a_mark(session: Session) -> None:
    """Undoing a mark of a proposal that is gone leaves the others alone."""
    past = PastProposals(session)
    past.remember(ghost(0), INK, replaces=False, accepted=False)
    past.set_favourite(past.all[0], True)
    past.set_favourite(past.all[0], False)
    for seed in range(1, MOST + 1):
        past.remember(ghost(seed), INK, replaces=False, accepted=False)
    session.undo()
    assert 0 not in {one.made.seed for one in past.all}


def test_a_redrawing_takes_the_place_of_its_ink_where_that_is_there(session: Session) -> None:
    """After the ink has gone it is added, rather than lost."""
    past = PastProposals(session)
    past.remember(ghost(1), INK, replaces=True, accepted=False)
    past.apply(past.all[0])
    assert INK[0] not in session.active_layer.strokes
    assert len(session.active_layer.strokes) == 1
    past.apply(past.all[0])
    assert len(session.active_layer.strokes) == 2
