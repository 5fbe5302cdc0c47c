"""`sketchstudio bench canvas`, with a few strokes and a tiny model."""

from __future__ import annotations

import pytest

from sketchstudio.bench import canvas, lateness
from sketchstudio.engine.service import InferenceService
from sketchstudio.model.studio import ModelError, Studio
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolState
from tests.helpers.tiny import tiny_studio


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to run every line."""
    for name, count in (
        ("STROKES", 40),
        ("DRAWN", 1),
        ("PANS", 8),
        ("ZOOMS", 2),
        ("EDITS", 4),
        ("LASSOS", 1),
    ):
        monkeypatch.setattr(canvas, name, count)
    monkeypatch.setattr(lateness, "ROUNDS", 1)
    monkeypatch.setattr(lateness, "load_studio", tiny_studio)


def test_every_promise_has_its_figure(qapp: object) -> None:
    """What the app promises of its speed is measured, and a ratio is that of its two times."""
    figures = {figure.name: figure for figure in canvas.measure()}
    assert {
        "full page: sharp after opening",
        "frame while panning",
        "zoom: something is shown",
        "zoom: sharp",
        "erase one stroke",
        "undo one stroke",
        "lasso round all",
    } <= figures.keys()
    few, many = (figures[f"pen event to its ink, {page} page"] for page in ("empty", "full"))
    ratio = figures["pen event to its ink, ratio"]
    assert ratio.p99 == pytest.approx(many.p99 / few.p99)
    rest, busy = (figures[f"ink's lateness, engine {it}"] for it in ("at rest", "decoding"))
    assert figures["ink's lateness, ratio"].p99 == pytest.approx(busy.p99 / rest.p99)
    assert figures["zoom: something is shown"].median < figures["zoom: sharp"].median


def test_a_model_that_cannot_be_loaded_ends_it(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for an engine that never comes, whenever it fails."""

    def fail() -> Studio:
        raise ModelError("there are no weights")

    monkeypatch.setattr(lateness, "load_studio", fail)
    page = canvas.Canvas(Session(), ToolState())
    with pytest.raises(ModelError, match="no weights"):
        list(lateness.ink_lateness(lambda _: None, page.drawing_changed))
    with pytest.raises(RuntimeError, match="no weights"):
        lateness.start_engine(InferenceService(fail))


def test_the_page_is_full_and_even() -> None:
    """Strokes have the promised number of samples and differ from one another."""
    one, other = canvas.scribbles(2)
    assert one.samples.shape == other.samples.shape == (50, 4)
    assert (one.points != other.points).any()
