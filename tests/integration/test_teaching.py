"""Teaching the app something new, whole: in its process, into use, and back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.engine.service import InferenceService
from sketchstudio.engine.worker import load_studio
from sketchstudio.state.teaching import WEIGHTS, Stage, Teaching

PATIENCE = 240_000  # ms; a busy machine is no failure


def stairs(steps: int) -> list[np.ndarray]:
    ends = [(i // 2 * 10.0 + i % 2 * 10.0, i // 2 * 10.0) for i in range(2 * steps)]
    return [np.array(ends), np.array([[0.0, 100.0], [100.0, 100.0]])]


EXAMPLES = [stairs(n) for n in (4, 5, 6, 7)]


@pytest.fixture
def service(tmp_path: Path):
    service = InferenceService(partial(load_studio, "cpu", tmp_path / WEIGHTS))
    yield service
    service.shutdown()


def test_taught_practised_given_up_and_taken_back(
    qtbot: QtBot, tmp_path: Path, service: InferenceService
):
    """A category is in use at once; practice can be paused and given up; undo forgets it."""
    teaching = Teaching(tmp_path, service)
    service.start()
    qtbot.waitUntil(lambda: service.state.usable, timeout=PATIENCE)
    before = service.state.categories

    teaching.teach(" stairs ", EXAMPLES)
    assert teaching.stage is Stage.LEARNING
    assert "stairs" in teaching.why_not("roof", 5)  # one at a time
    qtbot.waitUntil(lambda: "stairs" in service.state.categories, timeout=PATIENCE)
    assert service.state.categories == (*before, "stairs")
    (lesson,) = teaching.lessons
    assert (lesson.name, lesson.drawings, lesson.steps) == ("stairs", 4, 0)
    assert "knows" in teaching.why_not("stairs", 5)
    again = Teaching(tmp_path, service)  # after a restart
    assert again.lessons == teaching.lessons
    assert again.can_undo

    taught = teaching.weights.read_bytes()
    teaching.practise("stairs")
    teaching.pause()
    assert teaching.stage is Stage.PAUSED
    qtbot.waitUntil(lambda: bool(teaching.progress.before), timeout=PATIENCE)
    assert teaching.progress.step == 0  # it shows how things are, and waits
    teaching.cancel()
    qtbot.waitUntil(lambda: teaching.stage is Stage.IDLE, timeout=PATIENCE)
    assert teaching.weights.read_bytes() == taught
    assert teaching.lessons == (lesson,)
    assert not list(tmp_path.glob("*next*"))

    teaching.undo()
    qtbot.waitUntil(lambda: service.state.categories == before, timeout=PATIENCE)
    assert teaching.lessons == ()
    assert not teaching.weights.exists()
    assert not teaching.can_undo


def test_broken_weights_do_not_keep_the_app_from_drawing(
    qtbot: QtBot, tmp_path: Path, service: InferenceService
):
    """Where the taught weights are damaged, the shipped ones are there."""
    (tmp_path / WEIGHTS).write_bytes(b"no weights")
    service.start()
    qtbot.waitUntil(lambda: service.state.usable, timeout=PATIENCE)
    assert len(service.state.categories) == 42
