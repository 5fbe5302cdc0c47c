"""`sketchstudio bench engine`, with a tiny model."""

from __future__ import annotations

import pytest

from sketchstudio.bench import decoding, engine, javascript, memory
from sketchstudio.bench.report import Figure
from tests.helpers.tiny import tiny_studio


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to run every line."""
    for name, count in (("MOVES", 4), ("CANCELS", 2), ("GHOSTS", 3)):
        monkeypatch.setattr(engine, name, count)
    monkeypatch.setattr(decoding, "ROUNDS", 3)
    monkeypatch.setattr(decoding, "POINTS", 4)
    monkeypatch.setattr(engine, "load_studio", tiny_studio)
    monkeypatch.setattr(engine, "engine_memory", lambda: ())


def test_figures_are_what_was_measured(qapp: object) -> None:
    """Every figure is there, with its tails."""
    figures = {figure.name: figure for figure in engine.measure()}
    assert all(0 < figure.median <= figure.p95 <= figure.p99 for figure in figures.values())
    assert figures["one sketch: ratio"].unit == "times"
    assert {
        "9 sketches at once, beside one",
        "one sketch: faster than JavaScript",
        "each of 9 sketches: faster than JavaScript",
        "slider move to its new sketch",
        "slider move to its sketch on the screen",
        "a whole strip of nine, with its main sketch",
        "completion's first ghost stroke",
        "completion of a given category: the best of nine",
        "cancel to a free engine",
    } <= figures.keys()


def test_a_ratio_is_that_of_the_fastest() -> None:
    """Other programs on the machine make both slower, not one of them alone."""
    quiet, busy = [2.0] * 10 + [2.1] * 90, [1.0] * 20 + [50.0] * 80
    assert decoding.ratio("a ratio", quiet, busy).median == pytest.approx(2.0, abs=0.1)


def test_javascript_without_node_is_what_was_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figure says which of both it is, and no other program of that name stops the bench."""
    monkeypatch.setattr(javascript.shutil, "which", lambda _: None)
    names = [figure.name for figure in decoding.decoding(tiny_studio())]
    assert any("recorded" in name for name in names)
    monkeypatch.setattr(javascript.shutil, "which", lambda _: "false")
    assert javascript.point_times(4, 2, 2, 3) is None


@pytest.mark.skipif(javascript.shutil.which("node") is None, reason="there is no Node.js")
def test_javascript_draws_as_many_points_as_asked() -> None:
    """The loops run, with any sizes."""
    times = javascript.point_times(8, 4, 3, 5)
    assert times is not None
    assert len(times) == 5
    assert min(times) >= 0


@pytest.mark.skipif(memory.megabytes() is None, reason="memory is read from /proc")
def test_memory_is_that_of_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine adds is less than all, and an engine that fails says why."""
    monkeypatch.setattr(memory, "_PROGRAM", "print([50.5, 80])")
    assert list(memory.engine_memory()) == [
        Figure("engine with one model: memory it adds", "MB", 29.5, 29.5, 29.5),
        Figure("engine with one model: its process in all", "MB", 80, 80, 80),
    ]
    monkeypatch.setattr(memory, "_PROGRAM", "raise SystemExit('no weights')")
    with pytest.raises(RuntimeError, match="no weights"):
        list(memory.engine_memory())
