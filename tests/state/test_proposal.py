"""Proposals: the document changes only when the person says so, and then by one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from helpers.tiny import TWO_STROKES, tiny_studio
from pytestqt.qtbot import QtBot

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import EVENED, Origin, Stroke, StrokeStyle
from sketchstudio.engine.messages import Lane, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.model.studio import Studio
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import MAX_SEED

STYLE = StrokeStyle("#336699", 5.0)


class Desk:
    """A session with ink, an engine and proposals."""

    def __init__(self, qtbot: QtBot, load: Callable[[], Studio] = tiny_studio) -> None:
        self.qtbot = qtbot
        self.session = Session()
        self.service = InferenceService(load)
        self.proposals = Proposals(self.session, self.service)
        self.messages: list[str] = []
        self.proposals.message.connect(self.messages.append)

    def start(self) -> None:
        self.service.start()
        done = (Status.READY, Status.FAILED)
        self.qtbot.waitUntil(lambda: self.service.state.status in done, timeout=20_000)

    def draw(self) -> None:
        strokes = [Stroke.from_points(points, STYLE) for points in TWO_STROKES]
        self.session.execute(add_strokes(self.session.active_layer, strokes, "Draw"))

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.proposals.is_drawing, timeout=10_000)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    desk.start()
    yield desk
    desk.service.shutdown()


def test_completion_is_one_step_and_leaves_the_ink(desk: Desk) -> None:
    """Accepting adds the ghost on top; undo gives the very same document back."""
    desk.draw()
    before = desk.session.document
    desk.proposals.complete("sun")
    desk.settle()
    assert desk.session.document is before
    ghost = desk.proposals.strokes
    assert ghost
    steps = desk.session.undo_stack.count()
    desk.proposals.accept()
    assert desk.session.undo_stack.count() == steps + 1
    after = desk.session.active_layer.strokes
    assert after[:2] == before.layers[0].strokes
    assert after[2:] == ghost
    desk.session.undo()
    assert desk.session.active_layer.strokes == before.layers[0].strokes


def test_ghost_is_marked_as_the_models(desk: Desk) -> None:
    """Accepted ink remembers what made it, in the look of the person's ink."""
    desk.draw()
    desk.proposals.temperature, desk.proposals.seed = 0.4, 11
    desk.proposals.complete("sun")
    desk.settle()
    stroke = desk.proposals.strokes[0]
    assert stroke.origin is Origin.MODEL
    assert stroke.style == STYLE
    made = stroke.provenance
    assert made is not None
    assert (made.model, made.action, made.categories) == ("tiny", "complete", ("sun",))
    assert made.temperature == 0.4


def test_redraw_replaces_the_selection_only(desk: Desk) -> None:
    """What was not selected stays, in its place."""
    desk.draw()
    first, second = desk.session.active_layer.strokes
    desk.session.select([first.id])
    desk.proposals.redraw()
    desk.settle()
    ghost = desk.proposals.strokes
    desk.proposals.accept()
    assert desk.session.active_layer.strokes == (*ghost, second)
    desk.session.undo()
    assert desk.session.active_layer.strokes == (first, second)


def test_accepting_goes_to_the_layer_it_was_asked_about(desk: Desk) -> None:
    """Another layer made active meanwhile does not get the ink, nor keep the old."""
    desk.session.load(Document((Layer("a"), Layer("b"))))
    lower, upper = desk.session.document.layers
    desk.draw()
    desk.proposals.redraw()
    desk.settle()
    desk.session.set_active_layer(lower.id)
    ghost = desk.proposals.strokes
    desk.proposals.accept()
    assert desk.session.document.layer(upper.id).strokes == ghost
    assert desk.session.document.layer(lower.id).strokes == ()


def test_reject_touches_nothing(desk: Desk) -> None:
    """Esc leaves no trace, also while the model is still drawing."""
    desk.draw()
    before, steps = desk.session.document, desk.session.undo_stack.count()
    desk.proposals.redraw()
    desk.proposals.reject()
    desk.qtbot.wait(100)
    assert desk.proposals.strokes == ()
    assert not desk.service.is_busy(Lane.PROPOSAL)
    assert desk.session.document is before
    assert desk.session.undo_stack.count() == steps


def test_any_other_edit_drops_the_ghost(desk: Desk) -> None:
    """A ghost of ink that has changed is stale."""
    desk.draw()
    desk.proposals.redraw()
    desk.settle()
    desk.session.undo()
    assert not desk.proposals.active
    desk.proposals.accept()
    assert desk.session.active_layer.strokes == ()


def test_again_proposes_something_else(desk: Desk) -> None:
    """The next seed draws another version of the same ink."""
    desk.draw()
    desk.proposals.temperature = 0.8
    desk.proposals.redraw()
    desk.settle()
    first = desk.proposals.strokes
    desk.proposals.again()
    desk.settle()
    assert desk.proposals.seed == 2
    assert not np.array_equal(first[0].samples[:1], desk.proposals.strokes[0].samples[:1])


def test_again_is_not_more_of_the_same(desk: Desk) -> None:
    """After others like one, the next seed is free again: nothing holds on to that one."""
    desk.draw()
    desk.proposals.redraw()
    desk.settle()
    desk.proposals.more_like_this()
    desk.settle()
    assert desk.proposals._asked is not None
    assert desk.proposals._asked.task.like is not None
    desk.proposals.again()
    desk.settle()
    assert desk.proposals._asked.task.like is None


def test_what_was_proposed_for_one_drawing_stays_out_of_the_next(desk: Desk) -> None:
    """Not on its page, and not among the proposals that are saved with it."""
    desk.draw()
    desk.proposals.redraw()
    desk.settle()
    assert desk.proposals.strokes
    desk.session.load(Document((Layer("Ink"),)))
    assert not desk.proposals.active
    assert desk.session.proposals == ()
    assert desk.session.whole.proposals == ()


def test_empty_page_says_what_to_do(desk: Desk) -> None:
    """Completing nothing is answered with a hint, not an error."""
    desk.proposals.complete()
    assert desk.messages == ["Draw something first, then let the model go on"]
    assert not desk.proposals.active


def test_asked_while_loading_is_answered_later(qtbot: QtBot) -> None:
    """Nobody has to press again once the model is there."""
    desk = Desk(qtbot)
    desk.draw()
    desk.proposals.complete("sun")
    assert desk.proposals.is_drawing
    desk.start()
    desk.settle()
    assert desk.proposals.strokes
    desk.service.shutdown()


def test_asked_of_a_model_that_fails_to_load(qtbot: QtBot) -> None:
    """What waited for the model is given up with the reason, not waited for for ever."""

    def broken() -> Studio:
        raise RuntimeError("half a download")

    desk = Desk(qtbot, broken)
    desk.draw()
    desk.proposals.redraw()
    desk.start()
    assert not desk.proposals.active
    assert not desk.service.is_busy(Lane.PROPOSAL)
    assert desk.messages[-1] == "The model could not be loaded: half a download"
    desk.proposals.redraw()
    assert not desk.proposals.active
    desk.service.shutdown()


def test_only_a_redrawing_replaces(desk: Desk) -> None:
    """What shall fade is what accepting takes away: nothing before there is ink, or beside it."""
    desk.draw()
    first, _ = desk.session.active_layer.strokes
    desk.session.select([first.id])
    desk.proposals.redraw()
    assert desk.proposals.replaced_ids == frozenset()
    desk.settle()
    assert desk.proposals.replaced_ids == {first.id}
    desk.proposals.complete("sun")
    desk.settle()
    assert desk.proposals.replaced_ids == frozenset()


def test_other_sampling_draws_the_proposal_anew(desk: Desk) -> None:
    """Seed and temperature show what they do, and the old seed draws the old proposal."""
    desk.draw()
    desk.proposals.redraw()
    desk.settle()
    before = desk.proposals.sampling
    first = desk.proposals.strokes[0].points
    desk.proposals.set_sampling(Sampling(0.8, 12))
    desk.settle()
    assert not np.array_equal(first[:1], desk.proposals.strokes[0].points[:1])
    desk.proposals.set_sampling(before)
    desk.settle()
    np.testing.assert_array_equal(first, desk.proposals.strokes[0].points)


def test_alternatives_are_chosen_by_turns(desk: Desk) -> None:
    """Every one of the nine can be looked at; accepting takes the one that is shown."""
    desk.draw()
    desk.proposals.complete()
    desk.settle()
    proposals = desk.proposals
    assert len(proposals.alternatives) == 9
    assert proposals.ink == desk.session.active_layer.strokes
    first = points_of(proposals.strokes)
    proposals.choose_next()
    assert proposals.chosen == 1
    assert points_of(proposals.strokes) == points_of(
        Stroke.from_points(points) for points in proposals.alternatives[1].strokes
    )
    proposals.choose_previous()
    assert points_of(proposals.strokes) == first
    proposals.choose_previous()
    assert proposals.chosen == 8
    last = proposals.alternatives[8]
    proposals.accept()
    made = desk.session.active_layer.strokes[-1].provenance
    assert made is not None
    assert (made.seed, made.categories) == (last.seed, (last.category,) if last.category else ())
    assert proposals.alternatives == ()


def test_strokes_are_accepted_one_by_one(desk: Desk) -> None:
    """Each is an undo step of its own; the last one ends the proposal."""
    desk.draw()
    before = desk.session.document
    desk.proposals.complete("sun")
    desk.settle()
    proposals, stack = desk.proposals, desk.session.undo_stack
    while len(proposals.strokes) < 2:
        proposals.choose_next()
    ghost, steps = proposals.strokes, stack.count()
    for i in range(len(ghost)):
        assert proposals.strokes == ghost[i:]
        proposals.accept_stroke()
        assert desk.session.active_layer.strokes[2:] == ghost[: i + 1]
        assert proposals.alternatives == ()
    assert not proposals.active
    assert stack.count() == steps + len(ghost)
    for _ in ghost:
        desk.session.undo()
    assert desk.session.document == before


def test_undoing_an_accepted_stroke_drops_the_others(desk: Desk) -> None:
    """They went on from it."""
    desk.draw()
    desk.proposals.complete("sun")
    desk.settle()
    while len(desk.proposals.strokes) < 2:
        desk.proposals.choose_next()
    desk.proposals.accept_stroke()
    desk.session.undo()
    assert not desk.proposals.active


def test_a_redrawing_is_accepted_whole(desk: Desk) -> None:
    """A drawing with one stroke of the new one and none of the old ones is nobody's wish."""
    desk.draw()
    desk.proposals.redraw()
    desk.settle()
    ghost = desk.proposals.strokes
    desk.proposals.accept_stroke()
    assert desk.session.active_layer.strokes == ghost
    assert not desk.proposals.active


def test_the_last_seed_is_followed_by_the_first(desk: Desk) -> None:
    """Another, and another, never leaves the range that settings and fields allow."""
    desk.draw()
    desk.proposals.seed = MAX_SEED
    desk.proposals.redraw()
    desk.proposals.again()
    assert desk.proposals.seed == 0


def points_of(strokes: Iterable[Stroke]) -> list[list[list[float]]]:
    return [stroke.points.tolist() for stroke in strokes]


def test_the_model_is_shown_what_the_ink_depicts(desk: Desk) -> None:
    """Raw points of ink that is only evened, the drawn line of smoothed ink, no highlighter."""
    style = StrokeStyle(width=4, smoothing=0.9)
    rows = np.ones((40, 4), np.float32)
    rows[:, 0], rows[:, 3] = np.arange(40) * 5, np.arange(40) * 8
    rows[:, 1] = 50 + 8 * (np.arange(40) % 2)
    plain = Stroke(rows, StrokeStyle(width=4))
    steady = Stroke(rows, style)
    mark = Stroke(rows, StrokeStyle(width=20, highlighter=True))
    layer = desk.session.active_layer
    desk.session.execute(add_strokes(layer, [mark, plain, steady], "Draw"))
    desk.proposals.redraw()
    asked = desk.proposals._asked
    assert asked is not None
    assert asked.about.strokes == (plain, steady)
    shown = asked.task.ink
    np.testing.assert_array_equal(shown[0], plain.points)
    assert np.abs(np.diff(shown[1][:, 1])).max() < 1
    desk.settle()
    assert all(stroke.style.smoothing == EVENED for stroke in desk.proposals.strokes)


def test_a_locked_layer_keeps_its_ink_and_the_proposal(desk: Desk) -> None:
    """Nothing is asked about ink that cannot be changed, and no ghost is lost to a lock."""
    desk.draw()
    desk.proposals.complete("sun")
    desk.settle()
    ghost, layer = desk.proposals.strokes, desk.session.active_layer
    reasons: list[str] = []
    desk.session.refused.connect(reasons.append)
    locked = replace(desk.session.document, layers=(replace(layer, locked=True),))
    desk.session._document = locked  # without the change that would drop the ghost
    desk.proposals.accept()
    desk.proposals.accept_stroke()
    assert desk.proposals.strokes == ghost
    assert desk.session.document is locked
    desk.proposals.reject()
    desk.proposals.complete()
    assert not desk.proposals.active
    assert len(reasons) == 3


def test_another_proposal_goes_on_from_the_accepted_stroke(desk: Desk) -> None:
    """A stroke that is ink now is not drawn a second time."""
    desk.draw()
    desk.proposals.complete("sun")
    desk.settle()
    while len(desk.proposals.strokes) < 2:
        desk.proposals.choose_next()
    desk.proposals.accept_stroke()
    assert desk.proposals.ink == desk.session.active_layer.strokes
    desk.proposals.again()
    desk.settle()
    assert desk.proposals.ink == desk.session.active_layer.strokes
    assert len(desk.proposals.alternatives) == 9


def test_a_ghost_is_shown_stroke_by_stroke(desk: Desk) -> None:
    """Eyes follow strokes; whoever accepts before the last one gets all of it."""
    desk.draw()
    seen: list[int] = []
    desk.proposals.changed.connect(lambda: seen.append(len(desk.proposals.strokes)))
    desk.proposals.complete("sun")
    desk.settle()
    while len(desk.proposals.strokes) < 3:
        desk.proposals.again()
        seen.clear()
        desk.settle()
    shown = len(desk.proposals.strokes)
    assert list(dict.fromkeys(filter(None, seen))) == list(range(1, shown + 1))
    before = desk.session.active_layer.strokes
    desk.proposals.again()
    desk.qtbot.waitUntil(lambda: len(desk.proposals.alternatives) > 1, timeout=10_000)
    whole = len(desk.proposals.alternatives[0].strokes)
    desk.proposals.accept()
    assert len(desk.session.active_layer.strokes) == len(before) + whole


def test_less_motion_shows_it_at_once(desk: Desk) -> None:
    """Who asked for less motion gets the whole ghost."""
    desk.draw()
    desk.proposals.animated = False
    desk.proposals.complete("sun")
    desk.qtbot.waitUntil(lambda: len(desk.proposals.alternatives) > 1, timeout=10_000)
    assert len(desk.proposals.strokes) == len(desk.proposals.alternatives[0].strokes)
    assert not desk.proposals.is_drawing
