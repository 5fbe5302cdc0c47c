"""`sketchstudio bench start`, with the app itself."""

from __future__ import annotations

import sys
from pathlib import Path

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


def test_an_app_that_hangs_without_a_word_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time is up whether or not a line comes."""
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    silent.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(silent))
    monkeypatch.setattr(start, "TIMEOUT", 0.1)
    with pytest.raises(RuntimeError, match="did not start: it only said nothing"):
        start.measure()
