"""`sketchstudio bench start`, with the app itself."""

from __future__ import annotations

import sys

import pytest

from sketchstudio.bench import start


def test_the_window_is_there_before_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for torch before drawing."""
    monkeypatch.setattr(start, "ROUNDS", 1)
    window, engine = start.measure()
    assert window.name == "start to window takes ink"
    assert 0 < window.median < engine.median


def test_an_app_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """No figure is made up."""
    monkeypatch.setattr(sys, "executable", "false")
    with pytest.raises(RuntimeError, match="did not start: it only said nothing"):
        start.measure()
