"""The paper's variants in the app: compared, on the map, and in the place of its own model."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.engine import worker
from sketchstudio.engine.messages import Lane
from sketchstudio.model.studio import Studio as Model
from sketchstudio.state.comparison import Comparison
from sketchstudio.system import weights
from tests.helpers.models import write_model
from tests.helpers.tiny import tiny_studio
from tests.helpers.variants import VARIANTS, variant_checkpoint
from tests.ui.conftest import Make, Studio

NAMES = {
    "sketch-rnn": "lstm",
    "sketch-rnn-nokl": "lstm",
    "cnn-kl": "small-cnn",
    "sketch-pix2seq": "small-cnn",
}
LINES = ([(160, 160), (200, 220), (260, 170)], [(300, 200), (330, 260), (280, 300)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A weights folder with all four."""
    monkeypatch.setattr(weights, "weights_folder", lambda: tmp_path)
    for name, encoder in NAMES.items():
        write_model(tmp_path, name, checkpoint=variant_checkpoint(encoder, name))
    return tmp_path


def drawn(studio: Studio, qtbot: QtBot) -> Studio:
    for line in LINES:
        studio.draw(qtbot, line)
    return studio


def test_all_four_are_compared(ready: Studio, qtbot: QtBot, folder: Path) -> None:
    """Each redraws the same drawing, whatever it reads, and nothing is said to be missing."""
    drawn(ready, qtbot).trigger("compare_models")
    explore = ready.window.explore
    comparison = explore._comparison
    assert isinstance(comparison, Comparison)
    qtbot.waitUntil(lambda: comparison.drawing != () and not comparison.busy, timeout=60_000)
    assert comparison.failures == {}
    assert all(comparison.sketch(name) for name in ("tiny", *NAMES))
    dialog = explore.compare_dialog
    assert dialog is not None
    assert next(iter(dialog.cards)) == "tiny"
    assert set(dialog.cards) == {"tiny", *NAMES}
    assert dialog.missing.isHidden()
    assert all(card.copy.isEnabled() for card in dialog.cards.values())


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_map(ready: Studio, qtbot: QtBot, folder: Path, name: str) -> None:
    """Codes of any size lie on it, the drawing among them, and its places can be drawn."""
    drawn(ready, qtbot).trigger("latent_map")
    shown = ready.window.explore._latent_map
    assert shown is not None
    shown.set_model(name)
    qtbot.waitUntil(lambda: shown.code_map is not None, timeout=60_000)
    assert shown.code_map is not None
    assert shown.code_map.model == name
    assert not shown.code_map.on_sphere
    qtbot.waitUntil(lambda: shown.ink is not None, timeout=20_000)
    shown.keep(shown.code_map.centre("sun"))
    qtbot.waitUntil(lambda: bool(shown.sketch), timeout=20_000)


@pytest.mark.parametrize("encoder", VARIANTS)
def test_the_app_can_draw_with_one(make: Make, qtbot: QtBot, encoder: str) -> None:
    """It completes, redraws, replaces, names and blends; its codes lie on no sphere."""
    studio = drawn(make(lambda: Model(variant_checkpoint(encoder))), qtbot)
    studio.proposals.animated = False
    proposals, blending = studio.proposals, studio.blending
    for ask in (
        proposals.complete,
        partial(proposals.complete, "cat"),
        proposals.redraw,
        partial(proposals.replace_as, "sun"),
    ):
        ask()
        qtbot.waitUntil(lambda: not proposals.is_drawing, timeout=60_000)
        assert len(proposals.alternatives) == 9
        studio.trigger("accept")
        studio.trigger("undo")
        assert studio.ink == len(LINES)
    qtbot.waitUntil(lambda: bool(studio.window._model.guessing.names), timeout=20_000)
    qtbot.waitUntil(lambda: bool(blending.strip), timeout=20_000)
    assert blending.shown_code is not None
    assert np.isfinite(blending.shown_code).all()
    blending.set_drawing(0)
    qtbot.waitUntil(
        lambda: not any(map(studio.service.is_busy, (Lane.BLEND, Lane.STRIP))), timeout=20_000
    )
    studio.trigger("blend_put")
    assert studio.ink > len(LINES)


def test_the_model_of_the_preferences_is_loaded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was chosen is what draws; taught weights are of the app's own, which stands in."""
    taught = write_model(folder, "taught")
    write_model(folder, "studio", seed=3)
    assert worker.load_studio("cpu", taught, "sketch-rnn").config.name == "sketch-rnn"
    assert worker.load_studio("cpu", taught).config.name == "taught"
    assert worker.load_studio("cpu", folder / "none", "gone").config.name == "studio"


def test_only_the_own_model_is_taught(make: Make, qtbot: QtBot, folder: Path) -> None:
    """Teaching another one says what to do instead of failing later."""
    studio = make(lambda: Model(variant_checkpoint("lstm", "sketch-rnn")))
    studio.trigger("teach")
    window = studio.window._teach._shown
    assert window is not None
    assert "preferences" in window._teaching.why_not("owl", 5)
    own = make(tiny_studio)
    own.trigger("teach")
    assert own.window._teach._shown._teaching.why_not("owl", 5) == ""
