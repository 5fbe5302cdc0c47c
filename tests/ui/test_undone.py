"""Whatever the model put on the page and by whichever way: undone, the drawing is what it was.

Proposals in all their kinds are in `test_proposing`; these are the other ways. Everything goes
through the window, with the weights in the box and a fixed seed, and is compared byte for byte.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.core.sketch_codec import Box, boxed
from sketchstudio.core.stroke import Origin
from sketchstudio.engine.messages import Lane
from sketchstudio.formats import native
from sketchstudio.model import layout
from sketchstudio.model.checkpoint import load_checkpoint
from sketchstudio.model.practice import introduced
from sketchstudio.model.studio import Studio as Model
from sketchstudio.state.blending import MINUS, PLUS
from sketchstudio.system.weights import available_models
from sketchstudio.ui.dialogs.picture import PictureDialog
from tests.ui.conftest import Make, Studio

PATIENCE = 60_000


def stairs(steps: int) -> list[np.ndarray]:
    ends = [(i // 2 * 10.0 + i % 2 * 10.0, i // 2 * 10.0) for i in range(2 * steps)]
    sketch = [np.array(ends), np.array([[0.0, 100.0], [100.0, 100.0]])]
    return list(boxed(sketch, Box.around(sketch)))


@cache
def taught() -> Model:
    """The model in the box, which was taught stairs."""
    known = load_checkpoint(available_models()["studio"])
    return Model(introduced(known, "stairs", [stairs(count) for count in (4, 5, 6)]))


@pytest.fixture
def studio(make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A window with that model, and a face and a line apart from it."""
    monkeypatch.setattr(layout, "STEPS", 60)  # a coarse map does
    studio = make(taught)
    studio.proposals.animated = False
    studio.window.resize(1000, 700)
    angles = [a / 20 * math.pi for a in range(41)]
    studio.draw(
        qtbot, [(round(230 + 80 * math.cos(a)), round(250 + 80 * math.sin(a))) for a in angles]
    )
    studio.draw(qtbot, [(205, 230), (210, 232)])
    studio.draw(qtbot, [(400, 400), (430, 430), (460, 400)])
    return studio


def saved(studio: Studio, path: Path) -> bytes:
    native.save(studio.session.document, path)
    return path.read_bytes()


def accepted(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not studio.proposals.is_drawing, timeout=PATIENCE)
    assert studio.proposals.strokes
    studio.trigger("accept")


def blended(studio: Studio, qtbot: QtBot) -> None:
    lanes = (Lane.BLEND, Lane.STRIP, Lane.THUMBNAILS, Lane.PORTRAITS)
    qtbot.waitUntil(
        lambda: bool(studio.blending.strip) and not any(map(studio.service.is_busy, lanes)),
        timeout=PATIENCE,
    )


def blend_one(studio: Studio, qtbot: QtBot) -> None:
    blended(studio, qtbot)
    studio.trigger("blend_put")


def blend_strip(studio: Studio, qtbot: QtBot) -> None:
    blended(studio, qtbot)
    studio.trigger("blend_put_strip")


def blend_difference(studio: Studio, qtbot: QtBot) -> None:
    studio.blending.set_category(PLUS, "cat")
    studio.blending.set_category(MINUS, "circle")
    blend_one(studio, qtbot)


def blend_pad(studio: Studio, qtbot: QtBot) -> None:
    studio.trigger("blend_pad")
    blend_strip(studio, qtbot)
    studio.trigger("blend_pad")


def blend_of_drawing(studio: Studio, qtbot: QtBot) -> None:
    assert studio.blending.set_drawing(0)
    blend_one(studio, qtbot)


def map_click(studio: Studio, qtbot: QtBot) -> None:
    studio.trigger("latent_map")
    shown = studio.window.explore._latent_map
    assert shown is not None
    qtbot.waitUntil(lambda: shown.code_map is not None, timeout=PATIENCE)
    shown.keep(shown.code_map.centre("sun"))
    qtbot.waitUntil(lambda: bool(shown.sketch) and not shown._stale, timeout=PATIENCE)
    studio.window.explore.map_dialog.put.click()


def compared(studio: Studio, qtbot: QtBot) -> None:
    studio.trigger("compare_models")
    dialog = studio.window.explore.compare_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.copy_all.isEnabled, timeout=PATIENCE)
    dialog.copy_all.click()


def picture(studio: Studio, qtbot: QtBot) -> PictureDialog:
    pixels = np.full((300, 300, 3), 240, np.uint8)
    cv2.circle(pixels, (150, 150), 90, (30, 30, 30), 4, cv2.LINE_AA)
    studio.window._pictures._ask(pixels)
    dialog = studio.window.findChild(PictureDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.finder.busy, timeout=PATIENCE)
    return dialog


def picture_redrawn(studio: Studio, qtbot: QtBot) -> None:
    picture(studio, qtbot).redraw.click()
    accepted(studio, qtbot)


def picture_traced(studio: Studio, qtbot: QtBot) -> None:
    picture(studio, qtbot).ink.click()


def picture_beneath(studio: Studio, qtbot: QtBot) -> None:
    picture(studio, qtbot).under.click()


def live(studio: Studio, qtbot: QtBot) -> None:
    """The guess that the model makes by itself, for strokes drawn before the test."""
    studio.window._model._live._go_on()
    accepted(studio, qtbot)


def past(studio: Studio, qtbot: QtBot) -> None:
    studio.trigger("redraw")
    qtbot.waitUntil(lambda: not studio.proposals.is_drawing, timeout=PATIENCE)
    studio.trigger("reject")
    studio.trigger("proposals")
    studio.trigger("past_apply")


def named(studio: Studio, qtbot: QtBot) -> None:
    """A click on what the drawing is said to look like."""
    qtbot.waitUntil(lambda: bool(studio.window._model.guessing.names), timeout=PATIENCE)
    studio.window._guess.picked.emit(studio.window._model.guessing.names[0][0])
    accepted(studio, qtbot)


def of_selection(studio: Studio, qtbot: QtBot) -> None:
    studio.session.select([studio.session.active_layer.strokes[0].id])
    studio.trigger("redraw")
    accepted(studio, qtbot)


def of_last_object(studio: Studio, qtbot: QtBot) -> None:
    studio.trigger("last_object")
    studio.trigger("complete")
    accepted(studio, qtbot)


def as_taught(ask: str) -> Callable[[Studio, QtBot], None]:
    def flow(studio: Studio, qtbot: QtBot) -> None:
        getattr(studio.proposals, ask)("stairs")
        accepted(studio, qtbot)
        made = studio.session.active_layer.strokes[-1].provenance
        assert made is not None
        assert made.categories == ("stairs",)

    return flow


FLOWS: dict[str, Callable[[Studio, QtBot], None]] = {
    "selection": of_selection,
    "last object": of_last_object,
    "live": live,
    "as it is named": named,
    "past proposal": past,
    "taught, completed": as_taught("complete"),
    "taught, replaced": as_taught("replace_as"),
    "blend": blend_one,
    "strip": blend_strip,
    "difference": blend_difference,
    "pad": blend_pad,
    "blend of the drawing": blend_of_drawing,
    "place of the map": map_click,
    "compared": compared,
    "picture redrawn": picture_redrawn,
    "picture traced": picture_traced,
    "picture beneath": picture_beneath,
}


@pytest.mark.parametrize("flow", FLOWS)
def test_undone_it_is_the_drawing_of_before(
    studio: Studio, qtbot: QtBot, tmp_path: Path, flow: str
) -> None:
    """One step, and taking it back leaves no trace; doing it again brings the very same."""
    before, mine = saved(studio, tmp_path / "a.sketch"), studio.session.active_layer.strokes
    steps = studio.session.undo_stack.count()
    FLOWS[flow](studio, qtbot)
    assert studio.session.undo_stack.count() == steps + 1
    after = saved(studio, tmp_path / "b.sketch")
    assert after != before
    if flow not in ("picture traced", "picture beneath"):
        new = [one for one in studio.session.active_layer.strokes if one not in mine]
        assert new
        assert all(one.origin is Origin.MODEL and one.provenance is not None for one in new)
    studio.trigger("undo")
    assert saved(studio, tmp_path / "a.sketch") == before
    studio.trigger("redo")
    assert saved(studio, tmp_path / "b.sketch") == after
