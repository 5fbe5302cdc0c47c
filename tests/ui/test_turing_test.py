"""Human or machine: fair sketches, quick keys, an honest score."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import Origin, Stroke
from sketchstudio.core.turing import Subject
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.quickdraw import write_drawings
from sketchstudio.model.studio import Studio as Model
from sketchstudio.state.turing_test import Phase, TuringTest, own_subjects
from sketchstudio.ui.dialogs.turing_test import TuringTestDialog
from tests.helpers.shapes import SHAPES, shape
from tests.helpers.tiny import tiny_studio
from tests.ui.conftest import Make, Studio


@cache
def shipped() -> Model:
    return Model.load(device="cpu")


def ring(x: float, y: float, size: float = 40) -> Stroke:
    angle = np.linspace(0, 2 * math.pi, 24)
    return Stroke.from_points(np.stack([x + size * np.cos(angle), y + size * np.sin(angle)], 1))


def draw_rings(studio: Studio, count: int) -> None:
    """Things far enough apart to be drawings of their own."""
    rings = [ring(150 * (i % 6), 150 * (i // 6), 30 + i) for i in range(count)]
    studio.session.execute(add_strokes(studio.session.active_layer, rings, "Draw"))


def opened(studio: Studio) -> TuringTestDialog:
    studio.trigger("turing_test")
    dialog = studio.window.explore.test_dialog
    assert dialog is not None
    return dialog


def start(dialog: TuringTestDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.set_up.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.test.phase is Phase.ASKING, timeout=30_000)


def test_a_test_from_a_file_with_the_shipped_model(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    """Twenty sketches of a file, ten redrawn; keys answer; the answers are written."""
    rng = np.random.default_rng(5)
    drawings = [Drawing(shape(SHAPES[i % 3], rng), SHAPES[i % 3]) for i in range(40)]
    write_drawings(tmp_path / "shapes.ndjson", drawings)
    studio = make(shipped)
    dialog = opened(studio)
    assert not dialog.set_up.start.isEnabled(), "the page is empty"
    dialog.open_file(tmp_path / "shapes.ndjson")
    start(dialog, qtbot)
    test = dialog.test
    assert test.count == 20
    subjects = set()
    while test.question is not None:
        subjects.add(test.question.subject)
        assert dialog.question.view.sketch == tuple(test.question.sketch)
        key = Qt.Key.Key_M if test.question.by_machine else Qt.Key.Key_Left
        qtbot.keyClick(dialog.question, key)
    assert len(subjects) == 20, "no drawing is shown twice where there are enough"
    assert sum(answer.question.by_machine for answer in test.answers) == 10
    assert test.score.right == 20
    assert dialog.outcome.headline.text() == "20 of 20 right (100 %)"
    assert "84 % to 100 %" in dialog.outcome.said.text()
    dialog.save(tmp_path / "answers.csv")
    rows = list(csv.DictReader((tmp_path / "answers.csv").read_text().splitlines()))
    assert len(rows) == 20
    assert {row["model"] for row in rows} == {"studio", ""}
    assert all(row["drawing"].startswith("shapes.ndjson, line") for row in rows)


def test_few_drawings_of_ones_own_make_a_shorter_test(ready: Studio, qtbot: QtBot) -> None:
    """With five things on the page it is a test of ten, and the page says so."""
    draw_rings(ready, 5)
    dialog = opened(ready)
    assert len(dialog.set_up.subjects) == 5
    assert "test of 10" in dialog.set_up.note.text()
    start(dialog, qtbot)
    assert dialog.test.count == 10


def test_what_the_model_drew_is_nobodys_own(ready: Studio) -> None:
    """Accepted proposals on the page are not passed off as a person's."""
    by_model = Stroke.from_points(ring(300, 300).points, origin=Origin.MODEL)
    draw_rings(ready, 2)
    ready.session.execute(add_strokes(ready.session.active_layer, [by_model], "Accept"))
    assert len(own_subjects([ready.session])) == 2


def test_an_answer_can_be_taken_back(ready: Studio, qtbot: QtBot) -> None:
    """A slip of the finger is no opinion."""
    draw_rings(ready, 10)
    dialog = opened(ready)
    start(dialog, qtbot)
    first = dialog.test.question
    qtbot.keyClick(dialog.question, Qt.Key.Key_H)
    assert dialog.test.question is not first
    qtbot.keyClick(dialog.question, Qt.Key.Key_Backspace)
    assert dialog.test.question is first
    assert not dialog.test.answers
    qtbot.keyClick(dialog.question, Qt.Key.Key_Backspace)
    assert dialog.test.question is first


def test_a_broken_file_is_one_message(
    ready: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong, and the page as it was."""
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[2]))
    path = tmp_path / "broken.ndjson"
    path.write_text("none\n")
    dialog = opened(ready)
    dialog.open_file(path)
    assert len(said) == 1
    assert "broken.ndjson" in said[0]
    assert dialog.set_up.source.count() == 2


def test_no_test_without_a_model(make: Make) -> None:
    """The page says why it cannot start, and can as soon as the model is there."""
    studio = make()
    draw_rings(studio, 3)
    dialog = opened(studio)
    assert not dialog.set_up.start.isEnabled()
    assert dialog.set_up.note.text() == "Loading the model…"


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def taken(
    qtbot: QtBot, subjects: Sequence[Subject], clock: Clock, seed: int = 3
) -> tuple[TuringTest, QObject]:
    service = InferenceService(tiny_studio)
    test = TuringTest(service, clock)
    test.start(subjects, "", Sampling(0.1, seed))
    service.start()
    qtbot.waitUntil(lambda: test.phase is Phase.ASKING, timeout=20_000)
    service.shutdown()
    return test, service


def test_the_seed_makes_the_test_and_the_clock_times_it(qtbot: QtBot) -> None:
    """The same seed asks the same; the time of an answer is from its question on."""
    subjects = [Subject((ring(0, 0, 20 + i).points,), str(i)) for i in range(30)]
    clock = Clock()
    test, _ = taken(qtbot, subjects, clock)
    again, _ = taken(qtbot, subjects, clock)
    order = [(one.subject, one.by_machine) for one in test._questions]
    assert order == [(one.subject, one.by_machine) for one in again._questions]
    for seconds in (2.0, 5.0):
        clock.now += seconds
        test.answer(True)
    assert [answer.seconds for answer in test.answers] == [2.0, 5.0]
