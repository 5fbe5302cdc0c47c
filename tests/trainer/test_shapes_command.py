"""The shapes of the tutorial: real drawings, different from one another, the same every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.__main__ import main
from trainer.configuration import RunConfig
from trainer.shapes import SHAPES, write_shapes
from trainer.sketches import load


def test_they_can_be_trained_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every drawing is usable, of each shape, within what the configuration takes."""
    assert main(["shapes", str(tmp_path), "-n", "30"]) == 0
    assert "smiley" in capsys.readouterr().out
    run = RunConfig.load("shapes")
    splits = load(tmp_path, run.categories, run.model["max_points"])
    assert splits["train"].categories == tuple(sorted(SHAPES))
    assert sum(len(part) for part in splits.values()) == 30 * len(SHAPES)
    assert splits["train"].skipped == 0


def test_no_two_are_the_same_yet_all_come_again(tmp_path: Path) -> None:
    """A hand never draws twice alike; a seed does."""
    one, again, other = (
        load(tmp_path / name, max_points=64)["train"]
        for name, seed in (("a", 0), ("b", 0), ("c", 1))
        if write_shapes(tmp_path / name, 12, seed)
    )
    np.testing.assert_array_equal(one.points, again.points)
    assert one.points.shape != other.points.shape or not np.array_equal(one.points, other.points)
    drawings = {one.polylines(i)[0].tobytes() for i in range(len(one))}
    assert len(drawings) == len(one)
