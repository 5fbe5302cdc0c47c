"""Lessons taken back one after the other: the weights and the list of before are there again."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.engine.service import InferenceService
from sketchstudio.state.teaching import MOST_UNDONE, Lesson, Teaching
from tests.helpers.tiny import tiny_studio


@pytest.fixture
def teaching(qtbot: QtBot, tmp_path: Path) -> Teaching:
    return Teaching(tmp_path, InferenceService(tiny_studio))


def learnt(teaching: Teaching, number: int) -> None:
    """As when the other process has ended with success."""
    (teaching.weights.parent / "model-next.safetensors").write_bytes(b"%d" % number)
    teaching._take_over(Lesson(f"thing {number}", 3, 0, f"{number}.ndjson"))


def test_each_lesson_is_a_step_of_its_own(teaching: Teaching) -> None:
    """Three lessons, also after a restart, are taken back to the weights in the box."""
    for number in (1, 2, 3):
        learnt(teaching, number)
    again = Teaching(teaching.weights.parent, InferenceService(tiny_studio))
    assert [one.name for one in again.lessons] == ["thing 1", "thing 2", "thing 3"]
    for left in (2, 1):
        again.undo()
        assert again.weights.read_bytes() == b"%d" % left
        assert len(again.lessons) == left
    learnt(again, 9)
    again.undo()
    assert again.weights.read_bytes() == b"1"
    again.undo()
    assert not again.weights.exists()
    assert again.lessons == ()
    assert not again.can_undo
    assert not list(again.weights.parent.glob("*.safetensors"))


def test_old_steps_are_forgotten_with_their_files(teaching: Teaching) -> None:
    """The folder holds no more weights than can be taken back."""
    for number in range(MOST_UNDONE + 4):
        learnt(teaching, number)
    assert len(list(teaching.weights.parent.glob("*.safetensors"))) == MOST_UNDONE + 1
    for _ in range(MOST_UNDONE):
        teaching.undo()
    assert teaching.weights.read_bytes() == b"3"
    assert not teaching.can_undo


def test_weights_that_are_gone_are_told(teaching: Teaching) -> None:
    """Someone cleared the folder: one line, and what is in use stays."""
    told: list[str] = []
    teaching.message.connect(told.append)
    learnt(teaching, 1)
    learnt(teaching, 2)
    (teaching.weights.parent / "model-before-1.safetensors").unlink()
    teaching.undo()
    assert len(told) == 3
    assert "taken back" in told[-1]
    assert teaching.weights.read_bytes() == b"2"
    assert len(teaching.lessons) == 2
