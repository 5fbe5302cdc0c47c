"""Drawing together, whole: the window, the engine's thread and the weights in the box."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.core.stroke import Origin
from sketchstudio.formats import native
from sketchstudio.formats.sketch_files import write_page
from sketchstudio.model.studio import Studio as Model
from sketchstudio.state.tool_state import ToolName
from tests.ui.conftest import Make, Studio


@cache
def shipped() -> Model:
    return Model.load(device="cpu")


@pytest.fixture
def studio(make: Make, qtbot: QtBot) -> Studio:
    """A window with the shipped model, and a face with ears drawn by the mouse."""
    studio = make(shipped)
    window = studio.window
    window.resize(1000, 700)
    x, y = window.canvas.width() // 2, window.canvas.height() // 2
    ring = [
        (round(x + 130 * math.cos(a / 20 * math.pi)), round(y + 110 * math.sin(a / 20 * math.pi)))
        for a in range(41)
    ]
    studio.draw(qtbot, ring)
    for side in (-1, 1):
        base = [(x + side * 115, y - 50), (x + side * 105, y - 150), (x + side * 50, y - 100)]
        studio.draw(qtbot, base)
    assert studio.ink == 3
    return studio


def settle(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not studio.proposals.is_drawing, timeout=20_000)
    assert studio.proposals.strokes


def test_complete_accept_undo(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    """The ghost becomes ink in one step, and undoing it gives the document back byte for byte."""
    before = tmp_path / "before.sketch"
    native.save(studio.session.document, before)
    mine = studio.session.active_layer.strokes
    studio.trigger("complete")
    settle(studio, qtbot)
    assert studio.ink == 3
    studio.trigger("next_alternative")
    studio.trigger("accept")
    strokes = studio.session.active_layer.strokes
    assert strokes[:3] == mine
    assert all(stroke.origin is Origin.MODEL for stroke in strokes[3:])
    made = strokes[3].provenance
    assert made is not None
    assert made.model == "studio"
    studio.trigger("undo")
    after = tmp_path / "after.sketch"
    native.save(studio.session.document, after)
    assert after.read_bytes() == before.read_bytes()
    studio.trigger("redo")
    assert studio.session.active_layer.strokes == strokes


def test_redraw_stays_in_place(studio: Studio, qtbot: QtBot) -> None:
    """The model's version takes the place of the selected strokes, and Esc leaves all as it was."""
    before = studio.session.document
    studio.trigger("redraw")
    settle(studio, qtbot)
    studio.trigger("reject")
    assert studio.session.document is before
    was = before.layers[0].strokes[0].bounds.united(before.layers[0].strokes[1].bounds)
    studio.trigger("redraw")
    settle(studio, qtbot)
    studio.trigger("accept")
    now = [stroke.bounds for stroke in studio.session.active_layer.strokes]
    assert all(stroke.origin is Origin.MODEL for stroke in studio.session.active_layer.strokes)
    left, right = min(b.left for b in now), max(b.right for b in now)
    assert abs(left - was.left) < 0.35 * was.width
    assert abs(right - was.right) < 0.5 * was.width


def test_blend_put_save_reopen_export(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    """What was blended is saved with how it was made, and opens and exports with all its ink."""
    window = studio.window
    if not window.blend_panel.isVisible():
        studio.trigger("blend")
    qtbot.waitUntil(lambda: bool(studio.blending.sketch), timeout=20_000)
    window.blend_panel.slider.setValue(300)
    qtbot.waitUntil(lambda: not studio.service.is_busy("blend"), timeout=20_000)
    window.blend_panel.put.click()
    count = studio.ink
    assert count > 3
    assert studio.tools.tool is ToolName.SELECT
    path = tmp_path / "drawing.sketch"
    native.save(studio.session.document, path)
    again = [*native.load(path).strokes()]
    assert len(again) == count
    made = again[-1].provenance
    assert made is not None
    assert (made.action, made.categories) == ("blend", ("cat", "pig"))
    write_page(tmp_path / "drawing.svg", lambda: studio.session.document)
    assert (tmp_path / "drawing.svg").read_text().count("<path") >= count


def test_the_drawing_is_named_while_it_is_drawn(studio: Studio, qtbot: QtBot) -> None:
    """A face with two pointed ears is a cat, and the status bar says so."""
    guessing = studio.window._model.guessing
    qtbot.waitUntil(lambda: bool(guessing.names), timeout=20_000)
    assert guessing.names[0][0] == "cat"
    studio.trigger("clear")
    qtbot.waitUntil(lambda: not guessing.names, timeout=20_000)


def test_live_mode_goes_on_when_the_pen_rests(studio: Studio, qtbot: QtBot) -> None:
    """Nobody asked, and there is a ghost; the next stroke drops it."""
    studio.trigger("live")
    canvas = studio.window.canvas
    x, y = canvas.width() // 2, canvas.height() // 2
    studio.draw(qtbot, [(x - 40, y - 20), (x - 38, y - 18)])
    qtbot.waitUntil(lambda: bool(studio.proposals.strokes), timeout=20_000)
    drawn = [(x - 60, y + 40), (x - 20, y + 55), (x + 20, y + 55), (x + 60, y + 40)]
    studio.draw(qtbot, drawn)  # too long for a click, which would accept a ghost under it
    assert not studio.proposals.strokes
    assert studio.ink == 5


def test_live_mode_rests_while_the_window_is_hidden(studio: Studio, qtbot: QtBot) -> None:
    """Minimised or hidden in the middle of a rest, nothing is asked; shown again, it goes on."""
    studio.trigger("live")
    window, live = studio.window, studio.window._model._live
    for away, back in ((window.showMinimized, window.showNormal), (window.hide, window.show)):
        x, y = window.canvas.width() // 2, window.canvas.height() // 2
        studio.draw(qtbot, [(x - 60, y + 40), (x, y + 60), (x + 60, y + 40)])
        assert live._timer.isActive()
        away()
        qtbot.waitUntil(lambda: not live._timer.isActive(), timeout=20_000)
        assert not studio.proposals.active
        back()
        qtbot.waitUntil(lambda: bool(studio.proposals.strokes), timeout=20_000)
