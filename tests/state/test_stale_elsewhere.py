"""Late answers beside proposals: names, blends, films, maps and comparisons show none either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from helpers.tiny import CONFIG, TWO_STROKES, tiny_studio
from pytestqt.qtbot import QtBot

from sketchstudio.core.code_map import CodeMap
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.messages import (
    DrawCodes,
    Encode,
    EngineState,
    Finished,
    Guess,
    LayOut,
    Morph,
    RedrawEach,
    Status,
    Strip,
    Task,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.comparison import Comparison
from sketchstudio.state.guessing import Guessing
from sketchstudio.state.latent_map import LatentMap
from sketchstudio.state.morphing import Morphing
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.referring import Referring
from sketchstudio.state.session import Session

CODES = np.random.default_rng(0).normal(size=(3, CONFIG.code)).astype(np.float32)
POINTS = np.float32([[-1, 0], [1, 0], [0, 1]])


class Desk:
    """A model that is said to be there, and answers when it is told."""

    def __init__(self) -> None:
        self.session = Session()
        self.service = InferenceService(tiny_studio)
        ready = EngineState(Status.READY, "CPU", CONFIG.categories, "tiny", "e", 4, 1)
        self.service._engine.state = ready
        self.asked: list[tuple[int, Task]] = []
        submit = self.service.submit

        def note(task: Task) -> int:
            number = submit(task)
            self.asked.append((number, task))
            return number

        self.service.submit = note
        self.draw()

    def draw(self) -> None:
        stroke = Stroke.from_points(TWO_STROKES[0])
        self.session.execute(add_strokes(self.session.active_layer, [stroke], "Draw"))

    def last(self, kind: type) -> tuple[int, Task]:
        return next(asked for asked in reversed(self.asked) if isinstance(asked[1], kind))

    def answer(self, asked: tuple[int, Task], **found: object) -> None:
        number, task = asked
        count = len(getattr(task, "places", ())) or 1
        drawn = tuple(Drawn((TWO_STROKES[0],), 1, True) for _ in range(count))
        answer = Finished(number, task, drawn, (("cat", 0.9),), 0.1, "tiny")
        self.service._engine.finished.emit(replace(answer, **found))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_a_name_of_ink_that_is_gone(desk: Desk) -> None:
    """The page is empty before the guess comes: nothing is named."""
    guessing = Guessing(Referring(desk.session), desk.service)
    guessing._ask()
    desk.session.clear()
    guessing._ask()
    desk.answer(desk.last(Guess))
    assert guessing.names == ()


def test_a_strip_of_other_ends(desk: Desk) -> None:
    """The end is another before the strip comes: the old one is not shown as the new one's."""
    blending = Blending(desk.session, desk.service)
    blending.set_live(True)
    old = desk.last(Strip)
    desk.service.cancel(old[1].lane)
    blending._way = ()
    blending.set_category(0, "sun")
    desk.answer(old)
    assert blending.strip == ()


def test_a_film_that_was_stopped(desk: Desk) -> None:
    """Stop is pressed before the frames come: nothing plays."""
    blending = Blending(desk.session, desk.service)
    blending.set_live(True)
    morphing = Morphing(blending, desk.service)
    morphing.play()
    morphing.stop()
    desk.answer(desk.last(Morph))
    assert morphing.sketch == ()
    assert not morphing.playing


@pytest.fixture
def shown(desk: Desk) -> LatentMap:
    """A map that is there and looked at."""
    latent_map = LatentMap(desk.session, Proposals(desk.session, desk.service), desk.service)
    latent_map.set_live(True)
    labels = np.arange(3)
    code_map = CodeMap("tiny", CONFIG.categories, CODES, labels, POINTS, on_sphere=True)
    desk.answer(desk.last(LayOut), code_map=code_map)
    return latent_map


@pytest.mark.parametrize("kind", [LayOut, Encode, DrawCodes])
def test_another_models_map(desk: Desk, shown: LatentMap, kind: type) -> None:
    """The switch is turned before the answer comes: no place or sketch of the old one is shown."""
    shown.keep((0.0, 0.0))
    if kind is LayOut:
        desk.service.submit(LayOut())
    old = desk.last(kind)
    shown.set_model("cnn-kl")
    desk.answer(old, codes=CODES[:1], code_map=shown.code_map)
    assert shown.code_map is None
    assert shown.ink is None
    assert shown.sketch == ()


CHANGES: dict[str, Callable[[Desk, Comparison], object]] = {
    "ink": lambda desk, comparison: (desk.draw(), comparison._start()),
    "seed": lambda desk, comparison: comparison.set_sampling(Sampling(0.4, 9)),
    "closed": lambda desk, comparison: comparison.set_live(False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_comparison_of_another_drawing(desk: Desk, change: str) -> None:
    """Ink or seed are others, or nobody looks, before a model has redrawn: it is not shown."""
    comparison = Comparison(desk.session, desk.service)
    comparison.set_live(True)
    old = desk.last(RedrawEach)
    CHANGES[change](desk, comparison)
    desk.answer(old)
    assert comparison.sketch("tiny") == ()
