"""Late answers: whatever comes after it is not wanted any more, nobody sees it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers.tiny import TWO_STROKES, tiny_studio
from pytestqt.qtbot import QtBot

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.messages import Failed, Finished, Progress, Proposing
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.live import FIRST_WAIT, LiveMode
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.referring import Referring
from sketchstudio.state.session import Session


class Desk:
    """Live mode and proposals, a clock set by hand, and an engine that answers when it is told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.session = Session()
        self.service = InferenceService(tiny_studio)
        referring = Referring(self.session, lambda: self.now)
        self.proposals = Proposals(self.session, self.service, referring=referring)
        self.proposals.animated = False
        self.live = LiveMode(self.session, self.proposals, lambda: self.now)
        self.live.set_on(True)
        self.asked: list[tuple[int, Proposing]] = []
        submit = self.service.submit

        def note(task: Proposing) -> int:
            number = submit(task)
            self.asked.append((number, task))
            return number

        self.service.submit = note

    def draw(self) -> None:
        """A stroke, and the pen rests until the model is asked."""
        self.live.pen_touched()
        self.proposals.reject()  # as the canvas does
        stroke = Stroke.from_points(TWO_STROKES[0] + 10 * len(self.asked))
        self.session.execute(add_strokes(self.session.active_layer, [stroke], "Draw"))
        self.live.ink_drawn(stroke)
        self.now += FIRST_WAIT
        assert self.live._timer.isActive()
        self.live._timer.stop()
        self.live._go_on()

    def answer(self, which: int, kind: str, x: float) -> None:
        """The engine's answer to the request of that number, a line at ``x``."""
        number, task = self.asked[which]
        drawn = Drawn((np.array([[x, 0], [x, 50]]),), task.sampling.seed, True)
        if kind == "progress":
            self.service._engine.progressed.emit(Progress(number, task, drawn, "m", whole=True))
        elif kind == "finished":
            self.service._engine.finished.emit(Finished(number, task, (drawn,), (), 0.1, "m"))
        else:
            self.service._engine.failed.emit(Failed(number, task, "no"))

    @property
    def shown(self) -> list[float]:
        return [float(stroke.points[0, 0]) for stroke in self.proposals.strokes]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def of_selection(desk: Desk) -> None:
    desk.session.select_all()
    desk.proposals.redraw()


def of_last_object(desk: Desk) -> None:
    desk.proposals.set_last_only(True)
    desk.proposals.redraw()


FLOWS: dict[str, Callable[[Desk], object]] = {
    "live": lambda desk: desk.draw(),
    "complete": lambda desk: desk.proposals.complete(),
    "complete as": lambda desk: desk.proposals.complete("cat"),
    "redraw": lambda desk: desk.proposals.redraw(),
    "replace as": lambda desk: desk.proposals.replace_as("sun"),
    "last object": of_last_object,
    "selection": of_selection,
    "picture": lambda desk: desk.proposals.redraw_lines((Stroke.from_points(TWO_STROKES[1]),)),
}


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("kind", ["progress", "finished", "failed"])
@pytest.mark.parametrize(
    "then", ["rejected", "undone", "drawn", "asked again", "sampled", "influenced", "accepted"]
)
def test_an_answer_that_comes_too_late_is_not_shown(
    desk: Desk, flow: str, kind: str, then: str
) -> None:
    """After Esc, an edit, new ink, another request: the old answer changes nothing."""
    desk.draw()
    desk.proposals.reject()
    desk.asked.clear()
    FLOWS[flow](desk)
    assert len(desk.asked) == 1
    told: list[str] = []
    desk.proposals.message.connect(told.append)
    proposals = desk.proposals
    if then == "accepted":
        desk.answer(0, "progress", 3.0)
        proposals.accept()
    elif then == "rejected":
        proposals.reject()
    elif then == "undone":
        desk.session.undo()
    elif then == "drawn":
        desk.draw()
    elif then == "asked again":
        proposals.again()
    elif then == "influenced":
        proposals.set_influence(0.9)
    else:
        proposals.set_sampling(Sampling(0.5, 9))
    told.clear()
    before = desk.session.document
    desk.answer(0, kind, 7.0)
    assert desk.shown == []
    assert proposals.alternatives == ()
    assert "no" not in told
    assert desk.session.document is before
    if then in ("drawn", "asked again", "sampled", "influenced"):
        desk.answer(1, "progress", 8.0)
        desk.answer(0, kind, 7.0)
        assert desk.shown == [8.0]


def test_the_seed_stays_while_the_person_draws_on(desk: Desk) -> None:
    """The proposal changes because the ink does, and for no other reason."""
    for _ in range(3):
        desk.draw()
    assert {task.sampling for _, task in desk.asked} == {Sampling(0.1, 1)}
    assert [len(task.ink) for _, task in desk.asked] == [1, 2, 3]


def test_the_pen_stops_what_is_shown(desk: Desk) -> None:
    """At its touch, before a point is drawn: the ghost is gone, and nothing is on its way."""
    desk.draw()
    desk.answer(0, "progress", 3.0)
    assert desk.shown == [3.0]
    desk.live.pen_touched()
    desk.proposals.reject()
    assert desk.shown == []
    desk.answer(0, "finished", 3.0)
    assert desk.shown == []
    assert not desk.live._timer.isActive()
