"""Every way to ask, choose and accept, through the window, with the weights in the box."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sketchstudio.core.provenance import unpacked_code
from sketchstudio.core.sketch_codec import Box
from sketchstudio.core.stroke import Origin, Stroke, bounds_of
from sketchstudio.formats import native
from sketchstudio.model.studio import Studio as Model
from tests.ui.conftest import Make, Studio


@cache
def shipped() -> Model:
    return Model.load(device="cpu")


@pytest.fixture
def studio(make: Make, qtbot: QtBot) -> Studio:
    """A window with the shipped model, and a face with ears drawn by the mouse."""
    studio = make(shipped)
    studio.proposals.animated = False
    studio.window.resize(1000, 700)
    x, y = studio.window.canvas.width() // 2, studio.window.canvas.height() // 2
    studio.draw(qtbot, ring(x, y, 110))
    for side in (-1, 1):
        base = [(x + side * 95, y - 50), (x + side * 90, y - 150), (x + side * 40, y - 95)]
        studio.draw(qtbot, base)
    return studio


def ring(x: int, y: int, radius: int) -> list[tuple[int, int]]:
    angles = [a / 20 * math.pi for a in range(41)]
    return [(round(x + radius * math.cos(a)), round(y + radius * math.sin(a))) for a in angles]


def settle(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not studio.proposals.is_drawing, timeout=60_000)
    assert studio.proposals.strokes


def saved(studio: Studio, path: Path) -> bytes:
    native.save(studio.session.document, path)
    return path.read_bytes()


def more(studio: Studio, qtbot: QtBot) -> None:
    studio.proposals.complete("cat")
    settle(studio, qtbot)
    studio.trigger("more_like_this")


def pinned(studio: Studio, qtbot: QtBot) -> None:
    studio.trigger("redraw")
    settle(studio, qtbot)
    studio.trigger("pin")
    studio.trigger("again")


def surprise(studio: Studio) -> None:
    studio.proposals.set_influence(1.0)
    studio.trigger("complete")


FLOWS: dict[str, Callable[[Studio, QtBot], object]] = {
    "complete": lambda studio, _: studio.trigger("complete"),
    "complete as": lambda studio, _: studio.proposals.complete("pig"),
    "redraw": lambda studio, _: studio.trigger("redraw"),
    "replace as": lambda studio, _: studio.proposals.replace_as("pig"),
    "more like this": more,
    "pinned": pinned,
    "surprise me": lambda studio, _: surprise(studio),
}


@pytest.mark.parametrize("flow", FLOWS)
def test_what_was_accepted_is_undone_byte_for_byte(
    studio: Studio, qtbot: QtBot, tmp_path: Path, flow: str
) -> None:
    """Proposing changes nothing, accepting is one step, and undoing it leaves no trace."""
    before, mine = saved(studio, tmp_path / "a.sketch"), studio.session.active_layer.strokes
    steps = studio.session.undo_stack.count()
    FLOWS[flow](studio, qtbot)
    settle(studio, qtbot)
    assert len(studio.proposals.alternatives) == 9
    assert saved(studio, tmp_path / "a.sketch") == before
    studio.trigger("next_alternative")
    replaces = studio.proposals.replaces
    studio.trigger("accept")
    assert studio.session.undo_stack.count() == steps + 1
    new = [one for one in studio.session.active_layer.strokes if one not in mine]
    assert all(stroke.origin is Origin.MODEL for stroke in new)
    assert studio.ink == len(new) + (0 if replaces else len(mine))
    studio.trigger("undo")
    assert saved(studio, tmp_path / "a.sketch") == before
    assert studio.session.active_layer.strokes == mine


def test_strokes_accepted_one_by_one_are_undone_one_by_one(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    """As many steps as strokes, and after the last the drawing is what it was, byte for byte."""
    before = saved(studio, tmp_path / "a.sketch")
    studio.proposals.complete("cat")
    settle(studio, qtbot)
    count = len(studio.proposals.strokes)
    assert count > 1
    for _ in range(count):
        studio.trigger("accept_stroke")
    assert studio.ink == 3 + count
    assert not studio.proposals.active
    for _ in range(count):
        studio.trigger("undo")
    assert saved(studio, tmp_path / "a.sketch") == before


def test_ink_remembers_what_made_it(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    """From the file alone the same sketch can be drawn again."""
    box = Box.around([stroke.points for stroke in studio.session.active_layer.strokes])
    studio.trigger("redraw")
    settle(studio, qtbot)
    studio.trigger("next_alternative")
    studio.trigger("accept")
    native.save(studio.session.whole, tmp_path / "a.sketch")
    strokes = [*native.load(tmp_path / "a.sketch").strokes()]
    made = strokes[0].provenance
    assert made is not None
    assert (made.model, made.action, made.temperature) == ("studio", "redraw", 0.1)
    code = unpacked_code(made.code)
    assert code is not None
    (again,) = shipped().sketches(code[None], [made.seed], made.temperature, None)
    for stroke, points in zip(strokes, again.strokes, strict=True):
        np.testing.assert_allclose(stroke.points, box.to_page(points), atol=0.1 * box.size)


def test_more_like_this_keeps_what_is_shown(studio: Studio, qtbot: QtBot) -> None:
    """It stays in its place, and the others come round it: nearer to it than before."""
    studio.proposals.complete("cat")
    settle(studio, qtbot)
    studio.trigger("next_alternative")
    shown, strokes = studio.proposals.choices.current, studio.proposals.strokes
    before = [one for one in studio.proposals.alternatives if one is not shown]
    studio.trigger("more_like_this")
    assert studio.proposals.strokes == strokes
    settle(studio, qtbot)
    assert studio.proposals.chosen == 1
    assert studio.proposals.choices.current is shown
    assert studio.proposals.strokes == strokes
    after = [one for one in studio.proposals.alternatives if one is not shown]
    assert not set(before) & set(after)
    assert {one.category for one in after} == {"cat"}


def test_a_pinned_alternative_stays(studio: Studio, qtbot: QtBot) -> None:
    """In its place, with its pin, while the others are drawn anew; the pin is let go again."""
    strip = studio.window.area.proposal_bar.alternatives
    studio.trigger("complete")
    settle(studio, qtbot)
    studio.trigger("next_alternative")
    studio.trigger("pin")
    kept = studio.proposals.choices.current
    assert strip.buttons[1].pin.isVisible()
    studio.trigger("again")
    settle(studio, qtbot)
    assert studio.proposals.choices.places[1] is kept
    assert studio.proposals.chosen == 0
    assert not studio.window.actions_by_id["pin"].isChecked()
    strip.buttons[1].pin.click()
    assert not strip.buttons[1].pin.isVisible()
    studio.trigger("again")
    settle(studio, qtbot)
    assert kept not in studio.proposals.alternatives
    for place in range(9):
        strip.buttons[place].pin.click()
    before, seed = studio.proposals.strokes, studio.proposals.seed
    studio.trigger("again")
    assert (studio.proposals.strokes, studio.proposals.seed) == (before, seed)
    assert "pinned" in studio.window.statusBar().currentMessage()


def test_the_first_is_shown_before_the_others_and_never_jumps(studio: Studio, qtbot: QtBot) -> None:
    """Once all of it is seen, it stays the same strokes to the end."""
    seen: list[tuple[int, tuple[Stroke, ...]]] = []
    proposals = studio.proposals
    proposals.animated = True
    proposals.changed.connect(lambda: seen.append((len(proposals.alternatives), proposals.strokes)))
    proposals.complete("cat")
    settle(studio, qtbot)
    first = next(strokes for count, strokes in seen if strokes)
    assert next(count for count, strokes in seen if strokes) < 9
    assert proposals.strokes[: len(first)] == first
    for _, strokes in seen:
        assert proposals.strokes[: len(strokes)] == strokes


def test_only_the_last_object(studio: Studio, qtbot: QtBot) -> None:
    """It is marked before and while it is asked about; the rest is left alone."""
    canvas, face = studio.window.canvas, studio.session.active_layer.strokes
    studio.draw(qtbot, ring(60, 60, 40))
    (*_, sun) = studio.session.active_layer.strokes
    studio.session.undo_stack.setClean()
    QApplication.processEvents()
    assert canvas._referred is None
    studio.trigger("last_object")
    assert canvas._referred == bounds_of([sun])
    studio.trigger("redraw")
    settle(studio, qtbot)
    assert studio.window.area.proposal_bar.scope.text() == "Last object"
    now = bounds_of(studio.proposals.strokes)
    assert now is not None
    assert now.expanded(-30).left > sun.bounds.left - 60
    assert now.right < sun.bounds.right + 60
    studio.trigger("accept")
    assert studio.session.active_layer.strokes[:3] == face
    assert sun not in studio.session.active_layer.strokes
    studio.trigger("redraw")
    settle(studio, qtbot)
    studio.trigger("last_object")
    settle(studio, qtbot)
    assert studio.proposals.ink[:3] == face
    assert studio.window.area.proposal_bar.scope.text() == "Whole drawing"


def test_replace_as_goes_into_the_place_of_the_ink(studio: Studio, qtbot: QtBot) -> None:
    """As large as the ink it takes the place of, and of the category asked for."""
    was = bounds_of(studio.session.active_layer.strokes)
    assert was is not None
    studio.trigger("replace_as")
    picker = QApplication.activePopupWidget()
    assert picker is not None
    qtbot.keyClicks(QApplication.focusWidget() or picker, "snowm")
    qtbot.keyClick(QApplication.focusWidget() or picker, Qt.Key.Key_Return)
    settle(studio, qtbot)
    now = bounds_of(studio.proposals.strokes)
    assert now is not None
    assert was.expanded(6).united(now) == was.expanded(6)
    assert max(now.width, now.height) == pytest.approx(max(was.width, was.height), rel=0.03)
    assert {one.category for one in studio.proposals.alternatives} == {"snowman"}
    codes = shipped().encode([one.strokes for one in studio.proposals.alternatives])
    likeness = shipped().guess(codes)[:, shipped().category_index("snowman")]
    assert likeness[0] >= likeness[1:].max() - 1e-3, "what is seen first is the likest"


def test_past_proposals_are_kept_and_applied(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    """What was rejected is there after a save and a reopening, and becomes ink in one step."""
    window = studio.window
    studio.trigger("proposals")
    studio.trigger("redraw")
    settle(studio, qtbot)
    studio.trigger("again")
    settle(studio, qtbot)
    rejected = studio.proposals.choices.current
    studio.trigger("reject")
    panel = window.side_panels.proposals
    qtbot.waitUntil(lambda: panel.list.count() == 2)
    panel.list.setCurrentRow(0)
    studio.trigger("past_favourite")
    studio.trigger("past_copy_seed")
    assert rejected is not None
    assert QApplication.clipboard().text() == str(rejected.seed)
    native.save(studio.session.whole, tmp_path / "a.sketch")
    studio.session.load(native.load(tmp_path / "a.sketch"))
    assert [one.favourite for one in studio.session.proposals] == [False, True]
    before = saved(studio, tmp_path / "b.sketch")
    qtbot.waitUntil(lambda: panel.list.count() == 2 and studio.enabled("past_apply"))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert [stroke.origin for stroke in studio.session.document.strokes()] == [Origin.MODEL] * len(
        rejected.strokes
    )
    studio.trigger("undo")
    assert saved(studio, tmp_path / "b.sketch") == before
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.list.count() == 1)
    studio.trigger("proposals")
    assert not studio.enabled("past_apply")


def test_influence_is_said_and_obeyed(studio: Studio, qtbot: QtBot) -> None:
    """The slider draws the proposal anew; its words say what it does, with the numbers."""
    studio.trigger("redraw")
    settle(studio, qtbot)
    tidy = studio.proposals.strokes
    studio.trigger("sampling")
    popup = studio.window._model._popup
    assert "0%" in popup.influence.words.text()
    popup.influence.slider.setValue(100)
    assert "65%" in popup.influence.words.text()
    assert popup.controls.temperature.value() == round(100 * studio.proposals.temperature)
    assert popup.influence.slider.accessibleDescription() == popup.influence.words.text()
    settle(studio, qtbot)
    assert [s.points.tolist() for s in tidy] != [
        s.points.tolist() for s in studio.proposals.strokes
    ]
    popup.close()


def test_a_completion_may_be_one_stroke(studio: Studio, qtbot: QtBot) -> None:
    """For taking turns: the first strokes of what it would draw, in every alternative."""
    proposals = studio.proposals
    studio.trigger("complete")
    settle(studio, qtbot)
    every = [[points.tolist() for points in one.strokes] for one in proposals.alternatives]
    assert len(every[0]) > 1
    studio.trigger("sampling")
    popup = studio.window._model._popup
    assert popup.most_strokes.text() == "All it draws"
    popup.most_strokes.setValue(1)
    settle(studio, qtbot)
    assert len(proposals.strokes) == 1
    short = [[points.tolist() for points in one.strokes] for one in proposals.alternatives]
    assert short == [one[:1] for one in every]
    popup.most_strokes.setValue(0)
    settle(studio, qtbot)
    assert [[points.tolist() for points in one.strokes] for one in proposals.alternatives] == every
    popup.close()


def test_the_wheel_goes_through_the_strip(studio: Studio, qtbot: QtBot) -> None:
    """A notch down is the next one, a notch up the one before."""
    studio.trigger("redraw")
    settle(studio, qtbot)
    strip = studio.window.area.proposal_bar.alternatives
    for turn, shown in ((-120, 1), (-240, 3), (-60, 3), (-60, 4), (120, 3)):
        middle = QPointF(strip.rect().center())
        event = QWheelEvent(
            middle,
            strip.mapToGlobal(middle),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(strip, event)
        assert studio.proposals.chosen == shown


def test_complete_as_takes_a_key_a_word_and_return(studio: Studio, qtbot: QtBot) -> None:
    """What the drawing looks like comes first, so that return alone takes it."""
    guessing = studio.window._model.guessing
    qtbot.waitUntil(lambda: bool(guessing.names), timeout=20_000)
    for typed, wanted in (("", guessing.names[0][0]), ("flam", "flamingo")):
        studio.trigger("complete_as")
        picker = studio.window._model._picker
        assert picker.isVisible()
        qtbot.keyClicks(picker._search, typed)
        qtbot.keyClick(picker._search, Qt.Key.Key_Return)
        settle(studio, qtbot)
        assert {one.category for one in studio.proposals.alternatives} == {wanted}
