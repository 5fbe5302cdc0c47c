"""Comparing models: the same drawing, those that are there, and what to do about the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import Origin
from sketchstudio.state.comparison import Comparison
from sketchstudio.system import weights
from sketchstudio.ui.dialogs.compare_models import CompareModelsDialog
from tests.helpers.models import write_model
from tests.ui.conftest import Studio

LINE = [(200, 200), (240, 260), (300, 210), (360, 280)]
VARIANTS = ("sketch-pix2seq", "cnn-kl", "sketch-rnn-nokl", "sketch-rnn")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A weights folder of the test's own."""
    folder = tmp_path / "weights"
    folder.mkdir()
    monkeypatch.setattr(weights, "weights_folder", lambda: folder)
    return folder


def opened(studio: Studio, qtbot: QtBot) -> tuple[CompareModelsDialog, Comparison]:
    studio.trigger("compare_models")
    explore = studio.window.explore
    assert explore.compare_dialog is not None
    assert explore._comparison is not None
    comparison = explore._comparison
    qtbot.waitUntil(lambda: not comparison.busy and bool(comparison.drawing), timeout=20_000)
    return explore.compare_dialog, comparison


def test_each_model_there_is_draws_and_the_others_are_named(
    ready: Studio, qtbot: QtBot, folder: Path
) -> None:
    """The main model and one variant draw; for the other three it says how to get them."""
    write_model(folder, "cnn-kl", seed=4)
    ready.draw(qtbot, LINE)
    dialog, comparison = opened(ready, qtbot)
    assert list(dialog.cards) == ["tiny", "cnn-kl"]
    drawn = {name for name, card in dialog.cards.items() if card.view.sketch}
    assert drawn == {"tiny", "cnn-kl"}
    one, other = (comparison.sketch(name) for name in ("tiny", "cnn-kl"))
    assert [stroke.tolist() for stroke in one] != [stroke.tolist() for stroke in other]
    assert all(name in dialog.missing.text() for name in VARIANTS if name != "cnn-kl")
    assert "cnn-kl:" not in dialog.missing.text()


def test_another_seed_draws_all_anew(ready: Studio, qtbot: QtBot, folder: Path) -> None:
    """Temperature and seed are the same for all models, and are obeyed."""
    ready.draw(qtbot, LINE)
    dialog, comparison = opened(ready, qtbot)

    def drawn(sampling: Sampling) -> list[object]:
        dialog.sampling.set_sampling(sampling)
        dialog.sampling.changed.emit(sampling)
        qtbot.waitUntil(lambda: not comparison.busy, timeout=20_000)
        return [stroke.tolist() for stroke in dialog.cards["tiny"].view.sketch]

    first = drawn(Sampling(0.9, 2))
    assert drawn(Sampling(0.9, 3)) != first
    assert drawn(Sampling(0.9, 2)) == first


def test_copies_are_one_step_and_know_their_model(
    ready: Studio, qtbot: QtBot, folder: Path
) -> None:
    """All copies lie beside the drawing; undo takes them away together."""
    write_model(folder, "sketch-rnn", seed=4)
    ready.draw(qtbot, LINE)
    dialog, _ = opened(ready, qtbot)
    before = ready.session.document
    qtbot.mouseClick(dialog.copy_all, Qt.MouseButton.LeftButton)
    added = [s for s in ready.session.document.strokes() if s.origin is Origin.MODEL]
    assert {stroke.provenance.model for stroke in added} == {"tiny", "sketch-rnn"}
    mine = before.bounds
    assert mine is not None
    assert len({stroke.id for stroke in added} & ready.session.selected_ids) == len(added)
    ready.trigger("undo")
    assert ready.session.document == before


def test_it_follows_the_drawing(ready: Studio, qtbot: QtBot, folder: Path) -> None:
    """Without ink it says what to do; with ink it shows it, while the window is open."""
    ready.trigger("compare_models")
    dialog = ready.window.explore.compare_dialog
    assert dialog is not None
    assert not dialog.copy_all.isEnabled()
    ready.draw(qtbot, LINE)
    qtbot.waitUntil(lambda: bool(dialog.cards["tiny"].view.sketch), timeout=20_000)
    shown = dialog.drawing.view.sketch
    ready.trigger("undo")
    qtbot.waitUntil(lambda: not dialog.cards["tiny"].view.sketch, timeout=20_000)
    assert shown
    assert not dialog.drawing.view.sketch


def test_a_broken_model_says_so_and_the_others_draw(
    ready: Studio, qtbot: QtBot, folder: Path
) -> None:
    """One bad file does not spoil the comparison."""
    (folder / "cnn-kl.safetensors").write_bytes(b"no weights")
    write_model(folder, "sketch-rnn", seed=1)
    ready.draw(qtbot, LINE)
    dialog, comparison = opened(ready, qtbot)
    assert "cnn-kl" in comparison.failures["cnn-kl"]
    assert dialog.cards["sketch-rnn"].view.sketch
