"""Which ink is meant: selected strokes, else the last object, else all of the layer."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from sketchstudio.core.document import Document
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.state.referring import _REMEMBERED, Referring, Scope
from sketchstudio.state.session import Session

LINE = np.array([[0, 0], [60, 5], [100, 0]], np.float32)


class Desk:
    """A session and a clock that is set by hand."""

    def __init__(self) -> None:
        self.session = Session()
        self.now = 0.0
        self.referring = Referring(self.session, lambda: self.now)

    def draw(self, x: float, **style: bool) -> Stroke:
        stroke = Stroke.from_points(LINE + np.float32([x, 0]), StrokeStyle(**style))
        self.session.execute(add_strokes(self.session.active_layer, [stroke], "Draw"))
        return stroke


def test_the_whole_drawing_or_its_last_object(qtbot: QtBot) -> None:
    """Far ink is another object; near ink is too, when it is old."""
    desk = Desk()
    far, near = desk.draw(900), desk.draw(0)
    desk.now = 2.0
    last = desk.draw(130)
    assert desk.referring.ink.strokes == (far, near, last)
    desk.referring.set_last_only(True)
    assert desk.referring.ink.scope is Scope.OBJECT
    assert desk.referring.ink.strokes == (near, last)
    desk.now = 500.0
    late = desk.draw(260)
    assert desk.referring.ink.strokes == (late,)


def test_a_day_of_drawing_does_not_add_up(qtbot: QtBot) -> None:
    """When strokes were drawn is forgotten of the oldest, and known of those that count."""
    desk = Desk()
    many = [Stroke.from_points(LINE + np.float32([9e5, 0])) for _ in range(2 * _REMEMBERED)]
    desk.session.execute(add_strokes(desk.session.active_layer, many, "Paste"))
    desk.now = 500.0
    near = desk.draw(0)
    desk.now = 502.0
    last = desk.draw(130)
    assert len(desk.referring._drawn_at) == _REMEMBERED
    desk.referring.set_last_only(True)
    assert desk.referring.ink.strokes == (near, last)


def test_the_selection_comes_first(qtbot: QtBot) -> None:
    """Whoever selects says what is meant; highlighter is never meant."""
    desk = Desk()
    mark = desk.draw(0, highlighter=True)
    one, _ = desk.draw(0), desk.draw(900)
    desk.referring.set_last_only(True)
    desk.session.select([one.id, mark.id])
    assert desk.referring.ink.scope is Scope.SELECTION
    assert desk.referring.ink.strokes == (one,)
    desk.session.select([mark.id])
    assert desk.referring.ink.strokes == ()


def test_it_tells_when_other_ink_is_meant(qtbot: QtBot) -> None:
    """Whatever shows it hears of ink, selection, layer and the choice itself."""
    desk = Desk()
    heard: list[None] = []
    desk.referring.changed.connect(lambda: heard.append(None))
    stroke = desk.draw(0)
    desk.session.select([stroke.id])
    desk.referring.set_last_only(True)
    desk.referring.set_last_only(True)
    assert len(heard) == 3
    desk.session.load(Document())
    assert len(heard) > 3
    assert desk.referring.ink.strokes == ()
