"""The latent map: where the drawing lies, what is drawn elsewhere, and the way between."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sketchstudio.core.code_map import Place
from sketchstudio.core.stroke import Origin
from sketchstudio.model import layout
from sketchstudio.model.practice import introduced
from sketchstudio.model.studio import Studio as Model
from sketchstudio.state.latent_map import WALK_SKETCHES, LatentMap
from sketchstudio.system import weights
from sketchstudio.ui import theme
from sketchstudio.ui.dialogs.latent_map import LatentMapDialog
from tests.helpers.models import write_model
from tests.helpers.tiny import TWO_STROKES, tiny_checkpoint
from tests.ui.conftest import Make, Studio

LEFT = Qt.MouseButton.LeftButton
LINE = [(200, 200), (240, 260), (300, 210), (360, 280)]


@cache
def shipped() -> Model:
    return Model.load(device="cpu")


def opened(studio: Studio, qtbot: QtBot) -> tuple[LatentMapDialog, LatentMap]:
    studio.trigger("latent_map")
    explore = studio.window.explore
    dialog, shown = explore.map_dialog, explore._latent_map
    assert dialog is not None
    assert shown is not None
    qtbot.waitUntil(lambda: shown.code_map is not None, timeout=60_000)
    QApplication.processEvents()
    return dialog, shown


def spot(dialog: LatentMapDialog, place: Place) -> QPoint:
    """Where the place is seen in the plot."""
    return dialog.plot.view_position(place).toPoint()


def point(dialog: LatentMapDialog, place: Place, button: Qt.MouseButton) -> None:
    """Move the pointer there; a test's own move would only move the cursor of the screen."""
    viewport, at = dialog.plot.plot.viewport(), QPointF(spot(dialog, place))
    on_screen = QPointF(viewport.mapToGlobal(at.toPoint()))
    none, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    kind = QEvent.Type.MouseMove
    QApplication.sendEvent(viewport, QMouseEvent(kind, at, on_screen, none, button, modifiers))


def settled(shown: LatentMap, qtbot: QtBot) -> None:
    """Wait until the sketch of the newest place is there."""
    qtbot.waitUntil(
        lambda: not shown._stale and bool(shown.sketch) and not shown._service._wanted,
        timeout=20_000,
    )


def test_a_sun_lies_among_the_suns(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the shipped weights: the ink moves to what it looks like; a click decodes a place."""
    monkeypatch.setattr(layout, "STEPS", 150)  # coarse, but quick
    studio = make(shipped)
    x, y = studio.window.canvas.width() // 2, studio.window.canvas.height() // 2

    def at(angle: float, radius: float) -> tuple[int, int]:
        return round(x + radius * math.cos(angle)), round(y + radius * math.sin(angle))

    studio.draw(qtbot, [at(a * math.pi / 12, 60) for a in range(25)])
    for ray in range(10):
        studio.draw(qtbot, [at(ray * math.pi / 5, 75), at(ray * math.pi / 5, 110)])
    dialog, shown = opened(studio, qtbot)
    qtbot.waitUntil(lambda: shown.ink is not None, timeout=20_000)
    assert shown.code_map is not None
    assert shown.ink is not None
    assert shown.code_map.shares(shown.ink)[0][0] == "sun"

    suns = shown.code_map.centre("sun")
    qtbot.mouseClick(dialog.plot.plot.viewport(), LEFT, pos=spot(dialog, suns))
    settled(shown, qtbot)
    assert dialog.name.text().startswith("sun")
    code = shipped().encode([list(shown.sketch)])
    guess = shipped().guess(code)[0]
    assert shipped().config.categories[int(guess.argmax())] == "sun"

    before = studio.session.document
    qtbot.mouseClick(dialog.put, LEFT)
    added = [s for s in studio.session.document.strokes() if s.origin is Origin.MODEL]
    assert added
    assert added[0].provenance.action == "map"
    assert added[0].provenance.categories == ("sun",)
    studio.trigger("undo")
    assert studio.session.document == before


def test_hover_shows_and_leaving_brings_the_kept_place_back(ready: Studio, qtbot: QtBot) -> None:
    """What is pointed at is drawn; what was clicked stays."""
    dialog, shown = opened(ready, qtbot)
    assert shown.code_map is not None
    cat, sun = (shown.code_map.centre(name) for name in ("cat", "sun"))
    viewport = dialog.plot.plot.viewport()
    qtbot.mouseClick(viewport, LEFT, pos=spot(dialog, cat))
    settled(shown, qtbot)
    kept = [stroke.tolist() for stroke in dialog.view.sketch]
    point(dialog, sun, Qt.MouseButton.NoButton)
    assert shown.looked == pytest.approx(sun, abs=0.02)
    settled(shown, qtbot)
    assert [stroke.tolist() for stroke in dialog.view.sketch] != kept
    dialog.plot.pointed.emit(None)
    settled(shown, qtbot)
    assert [stroke.tolist() for stroke in dialog.view.sketch] == kept


def test_the_keyboard_does_what_the_mouse_does(ready: Studio, qtbot: QtBot) -> None:
    """Arrows move, Enter keeps, plus looks nearer, Home shows all."""
    dialog, shown = opened(ready, qtbot)
    plot = dialog.plot
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(plot, key)
    assert shown.looked is not None
    assert min(shown.looked) > 0
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert shown.kept == shown.looked
    whole = plot._view.viewRange()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot._view.viewRange()[0][1] < whole[0][1]
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot._view.viewRange() == whole


def test_a_category_can_be_gone_to(ready: Studio, qtbot: QtBot) -> None:
    """The list of categories leads to each of them."""
    dialog, shown = opened(ready, qtbot)
    row = dialog.category.findData("circle")
    dialog.category.setCurrentIndex(row)
    dialog.category.activated.emit(row)
    assert shown.code_map is not None
    assert shown.kept == shown.code_map.centre("circle")


def test_ink_and_ghosts_are_marked_and_go_with_them(ready: Studio, qtbot: QtBot) -> None:
    """The map follows the drawing and its proposals, and forgets them."""
    _, shown = opened(ready, qtbot)
    assert shown.ink is None
    ready.draw(qtbot, LINE)
    qtbot.waitUntil(lambda: shown.ink is not None, timeout=20_000)
    ready.trigger("redraw")
    qtbot.waitUntil(lambda: len(shown.ghosts) > 1, timeout=20_000)
    ready.trigger("reject")
    qtbot.waitUntil(lambda: not shown.ghosts, timeout=20_000)
    ready.trigger("clear")
    qtbot.waitUntil(lambda: shown.ink is None, timeout=20_000)


def test_a_drag_walks_the_way_and_blends_its_ends(ready: Studio, qtbot: QtBot) -> None:
    """Every sketch on the way is shown, it ends at the other place, and Blend has both ends."""
    dialog, shown = opened(ready, qtbot)
    assert shown.code_map is not None
    cat, sun = (shown.code_map.centre(name) for name in ("cat", "sun"))
    places: list[Place | None] = []
    shown.looked_changed.connect(lambda: places.append(shown.looked))
    viewport = dialog.plot.plot.viewport()
    qtbot.mousePress(viewport, LEFT, pos=spot(dialog, cat))
    point(dialog, sun, LEFT)
    qtbot.mouseRelease(viewport, LEFT, pos=spot(dialog, sun))
    assert shown.walking
    places.clear()
    qtbot.waitUntil(lambda: not shown.walking, timeout=20_000)
    assert len(places) >= WALK_SKETCHES - 1
    assert shown.looked == pytest.approx(sun, abs=0.02)
    assert ready.enabled("blend")
    assert ready.window.actions_by_id["blend"].isChecked()
    a, b = ready.blending.ends[:2]
    for end, place in ((a, cat), (b, sun)):
        assert end.code.code == pytest.approx(shown.code_map.code_at(place), abs=0.2)


def test_another_model_has_its_own_map(
    ready: Studio, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The switch lists all, offers those that are there, and shows theirs."""
    monkeypatch.setattr(weights, "weights_folder", lambda: tmp_path)
    write_model(tmp_path, "cnn-kl", seed=3)
    dialog, shown = opened(ready, qtbot)
    own = shown.code_map
    names = [dialog.model.itemData(row) for row in range(dialog.model.count())]
    assert names == ["tiny", "sketch-pix2seq", "cnn-kl", "sketch-rnn-nokl", "sketch-rnn"]
    offered = [dialog.model.model().item(row).isEnabled() for row in range(len(names))]
    assert offered == [True, False, True, False, False]
    dialog.model.activated.emit(2)
    qtbot.waitUntil(lambda: shown.code_map not in (None, own), timeout=20_000)
    assert shown.code_map is not None
    assert shown.code_map.model == "cnn-kl"
    shown.keep(shown.code_map.centre("cat"))
    settled(shown, qtbot)
    assert not any(button.isEnabled() for button in dialog.ends), "its codes mean other things"


def test_a_model_that_cannot_be_read_is_told(
    ready: Studio, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The map says why it stays empty, once, and the own one can be had back."""
    monkeypatch.setattr(weights, "weights_folder", lambda: tmp_path)
    (tmp_path / "cnn-kl.safetensors").write_bytes(b"none")
    dialog, shown = opened(ready, qtbot)
    dialog.model.activated.emit(2)
    qtbot.waitUntil(lambda: "cnn-kl" in dialog._waiting.text(), timeout=20_000)
    dialog.model.activated.emit(0)
    qtbot.waitUntil(lambda: shown.code_map is not None, timeout=20_000)


def test_a_closed_map_asks_for_nothing(ready: Studio, qtbot: QtBot) -> None:
    """Nobody looks, so nothing is computed; opened again it is up to date."""
    dialog, shown = opened(ready, qtbot)
    dialog.close()
    ready.draw(qtbot, LINE)
    qtbot.wait(200)
    assert shown.ink is None
    assert not shown._service._wanted
    opened(ready, qtbot)
    qtbot.waitUntil(lambda: shown.ink is not None, timeout=20_000)


def test_a_category_that_is_taught_appears(make: Make, qtbot: QtBot) -> None:
    """While the map is open, and also where only the drawing of known ones was practised."""
    known = tiny_checkpoint()
    taught = introduced(known, "owl", [[stroke / 100 for stroke in TWO_STROKES]] * 3)
    practised = replace(taught, exemplar_codes=taught.exemplar_codes[:, ::-1].copy())
    models = [known, taught, practised]
    studio = make(lambda: Model(models.pop(0)))
    dialog, shown = opened(studio, qtbot)
    assert "owl" not in shown.code_map.categories
    studio.service.reload()
    qtbot.waitUntil(lambda: "owl" in shown.code_map.categories, timeout=20_000)
    names = [dialog.category.itemText(i) for i in range(dialog.category.count())]
    assert "owl" in names
    qtbot.waitUntil(lambda: bool(studio.blending.strip), timeout=20_000)
    before, blends = shown.code_map, studio.blending._strip
    studio.service.reload()
    qtbot.waitUntil(lambda: shown.code_map is not before, timeout=20_000)
    qtbot.waitUntil(lambda: studio.blending._strip is not blends, timeout=20_000)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_takes_over_the_theme(ready: Studio, qtbot: QtBot, name: str) -> None:
    """The ground of the plot is that of the other fields."""
    dialog, _ = opened(ready, qtbot)
    theme.apply(name)

    def ground() -> str:
        return dialog.plot.grab().toImage().pixelColor(8, 8).name()

    qtbot.waitUntil(lambda: ground() == theme.current().surface)
