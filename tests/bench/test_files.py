"""The bench of files runs to its end and leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from sketchstudio.bench import files


def test_every_figure_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saving, opening, journaling and replaying, each with a time."""
    monkeypatch.setattr(files, "STROKES", 20)
    monkeypatch.setattr(files, "ROUNDS", 2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    figures = files.measure()
    assert len(figures) == 4
    assert all(figure.median > 0 for figure in figures)
    assert list(tmp_path.iterdir()) == []
