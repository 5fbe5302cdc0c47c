"""Loading: what is no sketch is counted and left out, splits never change."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from helpers.shapes import SHAPES, shape, shape_splits, write_shapes

from sketchstudio.core.sketch_codec import Box, SketchError
from sketchstudio.formats.drawing import Drawing
from trainer.sketches import load, split_of


def test_bad_lines_are_counted_and_left_out(tmp_path: Path) -> None:
    """One bad line does not lose the rest of a file."""
    folder = write_shapes(tmp_path, count=30)
    good = sum(len(part) for part in load(folder).values())
    with (folder / "circle.ndjson").open("a", encoding="utf-8") as file:
        file.write("not JSON\n")
        file.write('{"word": "circle"}\n')
        file.write('{"word": "circle", "drawing": [[[1, 2], [3]]]}\n')
        file.write('{"word": "circle", "drawing": []}\n')
        file.write('{"word": "circle", "drawing": [[[1, null], [3, 4]]]}\n')
        file.write('{"word": "circle", "drawing": [[[1, 1e400], [3, 4]]]}\n')
    parts = load(folder)
    assert sum(len(part) for part in parts.values()) == good == 90
    assert parts["train"].skipped == 6


def test_long_drawings_are_left_out_not_counted_as_bad(tmp_path: Path) -> None:
    """A limit on points is a choice, not a fault of the file."""
    folder = write_shapes(tmp_path, count=10)
    parts = load(folder, max_points=10)
    kept = [part.polylines(i) for part in parts.values() for i in range(len(part))]
    assert 0 < len(kept) < 30
    assert all(sum(map(len, sketch)) <= 10 for sketch in kept)
    assert parts["train"].skipped == 0
    with pytest.raises(SketchError, match="at most 1 points"):
        load(folder, max_points=1)


def test_sketches_are_boxed_and_keep_strokes_and_category(tmp_path: Path) -> None:
    """What was drawn comes back in box units under its own name."""
    line = {"word": "square", "drawing": [[[0, 200, 200], [0, 0, 100]], [[50], [50]]]}
    (tmp_path / "square.ndjson").write_text(json.dumps(line) + "\n", encoding="utf-8")
    parts = load(tmp_path)
    (part,) = [part for part in parts.values() if len(part)]
    (first, second) = part.polylines(0)
    np.testing.assert_allclose(first, [[-0.5, -0.25], [0.5, -0.25], [0.5, 0.25]])
    np.testing.assert_allclose(second, [[-0.25, 0]])
    assert part.categories == ("square",)


def test_a_drawing_stays_in_its_split(tmp_path: Path) -> None:
    """Splits go by content: neither order nor other drawings move a drawing to another."""
    rng = np.random.default_rng(0)
    keyless = [Drawing(shape("circle", rng), "circle") for _ in range(200)]
    splits = [split_of(drawing) for drawing in keyless]
    backwards = [split_of(drawing) for drawing in reversed(keyless)]
    assert splits == backwards[::-1]
    keyed = [Drawing(shape("circle", rng), "circle", key) for key in ("1", "1", "2")]
    assert split_of(keyed[0]) == split_of(keyed[1])
    shares = Counter(split_of(Drawing((), key=str(i))) for i in range(4000))
    assert shares["train"] == pytest.approx(3600, abs=80)
    assert shares["valid"] == pytest.approx(200, abs=60)
    assert shares["test"] == pytest.approx(200, abs=60)


def test_official_sets_stay_apart() -> None:
    """What sketch-rnn's files hold out is held out here."""
    for name in ("train", "valid", "test"):
        drawings = [Drawing((), key=str(i), extra={"set": name}) for i in range(40)]
        assert {split_of(drawing) for drawing in drawings} == {name}
    assert split_of(Drawing((), extra={"set": ["odd"]})) in ("train", "valid", "test")


def test_categories_asked_for_must_be_there(tmp_path: Path) -> None:
    """The message names what is missing."""
    folder = write_shapes(tmp_path, count=5)
    assert load(folder, ("zigzag", "circle"))["train"].categories == ("zigzag", "circle")
    with pytest.raises(FileNotFoundError, match="no drawings of dodecahedron"):
        load(folder, ("circle", "dodecahedron"))
    with pytest.raises(FileNotFoundError, match="holds no"):
        load(tmp_path / "empty")


def test_offset_std_is_of_offsets_within_sketches(tmp_path: Path) -> None:
    """The jump from one sketch to the next is no offset."""
    train = shape_splits(tmp_path)["train"]
    offsets = [np.diff(np.concatenate(train.polylines(i)), axis=0) for i in range(len(train))]
    assert train.offset_std() == pytest.approx(float(np.concatenate(offsets).std()), rel=1e-5)
    some = train.subset(np.arange(7, 12))
    np.testing.assert_array_equal(
        np.concatenate(some.polylines(0)), np.concatenate(train.polylines(7))
    )
    assert Box.around(some.polylines(0)).size == pytest.approx(1)
    assert set(train.categories) == set(SHAPES)
