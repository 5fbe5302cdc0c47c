"""Maps, codes and other models: asked for beside the pen, and never in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.models import write_model
from helpers.tiny import CONFIG, TWO_STROKES, tiny_checkpoint, tiny_studio
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from sketchstudio.core.code_map import CodeMap
from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.exploring import Explorer, ModelUnavailable
from sketchstudio.engine.messages import (
    DrawCodes,
    Encode,
    Failed,
    Finished,
    Guess,
    LayOut,
    RedrawEach,
    Status,
    Task,
    Walk,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.engine.worker import Stopped
from sketchstudio.model.studio import Studio
from sketchstudio.system import weights

INK = tuple(TWO_STROKES)


def never() -> None:
    """Nothing is more urgent."""


class Answers(QObject):
    """A service over the tiny model, and what it answered."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self._qtbot = qtbot
        self.service = InferenceService(tiny_studio)
        self.service.finished.connect(self._on_answer)
        self.service.failed.connect(self._on_answer)
        self.service.start()
        qtbot.waitUntil(lambda: self.service.state.status is Status.READY, timeout=20_000)
        self._answers: list[Finished | Failed] = []

    def to(self, task: Task) -> Finished | Failed:
        self._answers.clear()
        self.service.submit(task)
        self._qtbot.waitUntil(lambda: bool(self._answers), timeout=20_000)
        return self._answers[0]

    @Slot(object)
    def _on_answer(self, answer: Finished | Failed) -> None:
        self._answers.append(answer)


@pytest.fixture
def answers(qtbot: QtBot) -> Iterator[Answers]:
    answers = Answers(qtbot)
    yield answers
    answers.service.shutdown()


def test_the_map_shows_every_typical_drawing(answers: Answers) -> None:
    """Each of the codes in the weights has its place, under its category."""
    answer = answers.to(LayOut())
    assert isinstance(answer, Finished)
    found = answer.code_map
    assert isinstance(found, CodeMap)
    assert found.categories == CONFIG.categories
    exemplars = tiny_studio().exemplar_codes
    assert len(found.codes) == exemplars.shape[0] * exemplars.shape[1]
    np.testing.assert_array_equal(found.codes[found.labels == 1], exemplars[1])
    assert answers.to(LayOut()).code_map is found, "it is made once"


def test_a_map_in_the_weights_is_there_at_once() -> None:
    """Nothing is laid out where the trainer has done it."""
    places = np.random.default_rng(0).uniform(-1, 1, (3, 4, 2)).astype(np.float32)
    studio = Studio(replace(tiny_checkpoint(), places=places))

    def refuse() -> None:
        raise AssertionError("it is laid out again")

    answer = Explorer().answer(1, LayOut(), studio, refuse)
    assert answer.code_map is not None
    np.testing.assert_array_equal(answer.code_map.points, places.reshape(-1, 2))


def test_codes_are_found_and_drawn(answers: Answers) -> None:
    """What is encoded can be drawn again, and the way between two codes starts and ends there."""
    encoded = answers.to(Encode((INK, INK[:1])))
    assert isinstance(encoded, Finished)
    assert encoded.codes is not None
    assert encoded.codes.shape == (2, CONFIG.code)
    sampling = Sampling(0.1, 4)
    drawn = answers.to(DrawCodes(encoded.codes, sampling)).drawn
    walk = answers.to(Walk(*encoded.codes, 5, sampling)).drawn
    assert (len(drawn), len(walk)) == (2, 5)
    for end, sketch in ((0, walk[0]), (1, walk[-1])):
        np.testing.assert_allclose(drawn[end].strokes[0], sketch.strokes[0], atol=1e-3)


def test_inks_are_redrawn_each_from_its_own_seed(answers: Answers) -> None:
    """The same ink twice is drawn twice differently, and the whole repeats."""
    task = RedrawEach((INK, INK), Sampling(0.8, 5))
    first, again = answers.to(task), answers.to(replace(task))
    assert [one.seed for one in first.drawn] == [5, 6]
    for one, other in zip(first.drawn, again.drawn, strict=True):
        for a, b in zip(one.strokes, other.strokes, strict=True):
            np.testing.assert_array_equal(a, b)


def test_another_model_answers_where_there_is_one(
    answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A weights file in the folder can be asked by its name; a missing one is one line."""
    monkeypatch.setattr(weights, "weights_folder", lambda: tmp_path)
    write_model(tmp_path, "cnn-kl", seed=1)
    mine, theirs = answers.to(Encode((INK,))), answers.to(Encode((INK,), "cnn-kl"))
    assert (mine.model, theirs.model) == ("tiny", "cnn-kl")
    assert not np.array_equal(mine.codes, theirs.codes)
    missing = answers.to(Encode((INK,), "sketch-rnn"))
    assert isinstance(missing, Failed)
    assert missing.message.startswith("No model 'sketch-rnn'")
    (tmp_path / "broken.safetensors").write_bytes(b"none")
    broken = answers.to(LayOut("broken"))
    assert isinstance(broken, Failed)
    assert "broken.safetensors" in broken.message


def test_a_map_gives_way_and_goes_on_from_there() -> None:
    """A pen that rests often does not keep the map from ever being done."""
    explorer, studio = Explorer(), tiny_studio()
    steps = 0

    def stop_soon() -> None:
        nonlocal steps
        steps += 1
        if steps % 100 == 0:
            raise Stopped

    for _ in range(20):
        try:
            answer = explorer.answer(1, LayOut(), studio, stop_soon)
            break
        except Stopped:
            continue
    assert answer.code_map is not None
    assert steps < 400


def test_whatever_the_pen_asks_comes_first(answers: Answers, qtbot: QtBot) -> None:
    """A guess that is asked for after a map is answered before it."""
    order: list[type] = []

    class Noted(QObject):
        @Slot(object)
        def note(self, answer: Finished) -> None:
            order.append(type(answer.task))

    noted = Noted()
    answers.service.finished.connect(noted.note)
    answers.service.submit(LayOut())
    answers.service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(order) == 2, timeout=20_000)
    assert order == [Guess, LayOut]


def test_only_models_that_can_be_read_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that arrives later is found then."""
    monkeypatch.setattr(weights, "weights_folder", lambda: tmp_path)
    explorer, studio = Explorer(), tiny_studio()
    with pytest.raises(ModelUnavailable):
        explorer.answer(1, Encode((INK,), "late"), studio, never)
    write_model(tmp_path, "late", seed=2)
    assert explorer.answer(2, Encode((INK,), "late"), studio, never).model == "late"
