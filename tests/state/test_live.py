"""Live mode: asks when the pen rests, and only then."""

from __future__ import annotations

import pytest
from helpers.tiny import SQUARE, tiny_studio
from pytestqt.qtbot import QtBot

from sketchstudio.core.edits import add_strokes, replace_strokes
from sketchstudio.core.stroke import Origin, Stroke, StrokeStyle
from sketchstudio.engine.service import InferenceService
from sketchstudio.state import live
from sketchstudio.state.live import LiveMode
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session


class Desk:
    """A session, live mode on, a clock that is set by hand; the engine is never started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = Session()
        self.now = 0.0
        self.asked = 0
        proposals = Proposals(self.session, InferenceService(tiny_studio))
        monkeypatch.setattr(proposals, "complete", self._count)
        self.mode = LiveMode(self.session, proposals, lambda: self.now)
        self.mode.set_on(True)

    def _count(self) -> None:
        self.asked += 1

    def put(self, origin: Origin = Origin.USER, highlighter: bool = False) -> Stroke:
        stroke = Stroke.from_points(SQUARE[0], StrokeStyle(highlighter=highlighter), origin)
        self.session.execute(add_strokes(self.session.active_layer, [stroke], "Draw"))
        return stroke

    def draw(self, straighten: bool = False, highlighter: bool = False) -> None:
        self.mode.pen_touched()
        stroke = self.put(highlighter=highlighter)
        if straighten:
            shape = Stroke.from_points(SQUARE[0][::2])
            layer = self.session.active_layer
            self.session.execute(replace_strokes(layer, [stroke.id], [shape], "Straighten"))
            stroke = shape
        self.mode.ink_drawn(stroke)


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("SHORTEST_WAIT", "FIRST_WAIT", "LONGEST_WAIT"):
        monkeypatch.setattr(live, name, getattr(live, name) / 20)
    return Desk(monkeypatch)


def test_it_asks_once_when_the_pen_rests(desk: Desk, qtbot: QtBot) -> None:
    """A stroke, a rest, one request; without new ink no other."""
    desk.draw()
    assert desk.asked == 0
    qtbot.waitUntil(lambda: desk.asked == 1)
    qtbot.wait(150)
    assert desk.asked == 1


def test_it_asks_after_a_straightened_stroke(desk: Desk, qtbot: QtBot) -> None:
    """A stroke that became a shape was drawn, too, if in two steps."""
    desk.draw(straighten=True)
    qtbot.waitUntil(lambda: desk.asked == 1)


@pytest.mark.parametrize(
    "reason",
    ["off", "hidden", "pen", "undone", "redone", "pasted", "highlighter", "accepted"],
)
def test_it_does_not_ask(desk: Desk, qtbot: QtBot, reason: str) -> None:
    """Nobody drew on, or nobody wants it: there is nothing to ask."""
    desk.draw(highlighter=reason == "highlighter")
    if reason == "accepted":
        desk.put(Origin.MODEL)
    elif reason == "off":
        desk.mode.set_on(False)
    elif reason == "hidden":
        desk.mode.set_paused(True)
    elif reason == "pen":
        desk.mode.pen_touched()
    elif reason == "pasted":
        desk.put()
    elif reason in ("undone", "redone"):
        desk.session.undo()
        if reason == "redone":
            desk.session.redo()
    qtbot.wait(200)
    assert desk.asked == 0


def test_the_wait_follows_the_person(desk: Desk) -> None:
    """Quick hands are answered sooner, slow ones later; a break for tea counts for nothing."""
    assert desk.mode.wait == live.FIRST_WAIT
    for pause in (0.03, 0.03, 0.03, 100.0):
        desk.draw()
        desk.now += pause
    assert desk.mode.wait == pytest.approx(0.03 * live.PATIENCE)
    for pause in [3.0] * 8:
        desk.draw()
        desk.now += pause
    assert desk.mode.wait == live.LONGEST_WAIT


def test_it_goes_on_when_somebody_looks_again(desk: Desk, qtbot: QtBot) -> None:
    """Hidden in the middle of a rest, nothing is asked; shown again, it is asked once."""
    desk.draw()
    desk.mode.set_paused(True)
    desk.mode.set_paused(True)
    qtbot.wait(150)
    assert desk.asked == 0
    desk.mode.set_paused(False)
    qtbot.waitUntil(lambda: desk.asked == 1)
    desk.mode.set_paused(True)
    desk.mode.set_paused(False)
    qtbot.wait(150)
    assert desk.asked == 1


def test_ink_that_has_changed_meanwhile_is_not_asked_about(desk: Desk, qtbot: QtBot) -> None:
    """What was drawn before it was hidden and undone since is no reason to go on."""
    desk.draw()
    desk.mode.set_paused(True)
    desk.session.undo()
    desk.mode.set_paused(False)
    qtbot.wait(150)
    assert desk.asked == 0
