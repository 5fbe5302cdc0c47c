"""`sketchstudio bench engine`, with a tiny model."""

from __future__ import annotations

import pytest

from sketchstudio.bench import engine
from tests.helpers.tiny import tiny_studio


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to run every line."""
    for name, count in (("ROUNDS", 3), ("MOVES", 4), ("CANCELS", 2), ("GHOSTS", 3)):
        monkeypatch.setattr(engine, name, count)
    monkeypatch.setattr(engine, "load_studio", tiny_studio)


def test_figures_are_what_was_measured(qapp: object) -> None:
    """Every figure is there, and a ratio is that of its two times."""
    figures = {figure.name: figure for figure in engine.measure()}
    assert all(0 < figure.median <= figure.p95 <= figure.p99 for figure in figures.values())
    for name in ("one sketch", "9 sketches at once"):
        point, floor = figures[f"{name}: a point of each"], figures[f"{name}: its bare products"]
        assert figures[f"{name}: ratio"].median == pytest.approx(point.median / floor.median)
    assert {
        "slider move to its new sketch",
        "slider move to its sketch on the screen",
        "a whole strip of nine, with its main sketch",
        "completion's first ghost stroke",
        "cancel to a free engine",
    } <= figures.keys()
