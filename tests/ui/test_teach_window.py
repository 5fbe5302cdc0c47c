"""The window that teaches: examples come from everywhere, and it says what is still missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.sketch_files import write_sketches
from sketchstudio.state.teaching import Lesson
from sketchstudio.ui.dialogs.teach import TeachWindow
from tests.ui.conftest import Studio


@pytest.fixture
def window(ready: Studio) -> TeachWindow:
    ready.trigger("teach")
    found = ready.window.findChild(TeachWindow)
    assert found is not None
    return found


def draw(window: TeachWindow, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(window.pad, left, pos=QPoint(30, 30))
    for x in range(40, 200, 10):
        qtbot.mouseMove(window.pad, QPoint(x, 30 + x // 3))
    qtbot.mouseRelease(window.pad, left, pos=QPoint(200, 90))


def test_examples_are_drawn_one_by_one(window: TeachWindow, qtbot: QtBot):
    """A drawing becomes an example, the sheet is empty again, and a click leaves one out."""
    assert not window.add.isEnabled()
    for count in (1, 2, 3):
        draw(window, qtbot)
        window.add.click()
        assert len(window.examples) == count
        assert window.pad.sketch == ()
    assert not window.teach.isEnabled()
    window.name.setText("slope")
    assert window.teach.isEnabled()
    window.row.clicked.emit(0)
    assert len(window.examples) == 2
    assert not window.teach.isEnabled()
    assert "3" in window.hint.text()


def test_ink_of_the_canvas_is_an_example(window: TeachWindow, ready: Studio, qtbot: QtBot):
    """What is drawn on the canvas can be taken; where there is nothing, it says so."""
    window.canvas.click()
    assert window.examples == ()
    assert "canvas" in window.hint.text()
    ready.draw(qtbot, [(200, 200), (260, 240), (300, 200)])
    window.canvas.click()
    assert len(window.examples) == 1


def test_a_file_brings_examples_and_a_name(window: TeachWindow, tmp_path: Path):
    """Drawings of a file become examples, up to as many as there may be; bad files are named."""
    line = np.array([[0.0, 0.0], [10.0, 5.0]])
    write_sketches(tmp_path / "kites.ndjson", [Drawing((line * n,), "kite") for n in range(1, 121)])
    window.take_file(tmp_path / "kites.ndjson")
    assert window.name.text() == "kite"
    assert len(window.examples) == 100
    assert window.teach.isEnabled()
    bad = tmp_path / "bad.ndjson"
    bad.write_text("nothing")
    window.take_file(bad)
    assert "bad.ndjson" in window.hint.text()
    assert len(window.examples) == 100


def test_what_it_knows_cannot_be_taught_again(window: TeachWindow, ready: Studio, qtbot: QtBot):
    """A name that the model has is refused before anything is begun."""
    for _ in range(3):
        draw(window, qtbot)
        window.add.click()
    window.name.setText(ready.service.state.categories[0])
    assert not window.teach.isEnabled()
    assert ready.service.state.categories[0] in window.hint.text()


def test_a_lesson_that_fails_costs_no_drawing(
    window: TeachWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    """Examples and name stay until they are learnt; what is drawn meanwhile is kept, too."""
    for _ in range(3):
        draw(window, qtbot)
        window.add.click()
    window.name.setText("slope")
    with monkeypatch.context() as without_python:
        without_python.setattr("sys.executable", "no such program")
        window.teach.click()
        qtbot.waitUntil(lambda: "cannot be started" in window.told.text())
    assert window.name.text() == "slope"
    assert len(window.examples) == 3
    teaching = window._teaching
    started: list[Lesson] = []
    monkeypatch.setattr(teaching, "_start", lambda lesson, steps: started.append(lesson))
    window.teach.click()
    draw(window, qtbot)
    window.add.click()
    teaching.learnt.emit("slope", ())
    assert len(window.examples) == 4, "other drawings of that name, of another window"
    teaching._next.write_bytes(b"weights")
    teaching._take_over(started[0])
    assert len(window.examples) == 1
    assert window.name.text() == ""


def test_closing_only_hides_it(window: TeachWindow, ready: Studio, qtbot: QtBot):
    """What was drawn as examples is there when it is opened again."""
    draw(window, qtbot)
    window.add.click()
    assert window.close(), "else the app could not be left"
    assert window.isHidden()
    ready.trigger("teach")
    assert window.isVisible()
    assert len(window.examples) == 1
