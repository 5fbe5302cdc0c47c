"""Batches: repeatable, in the network's units, and augmented within bounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.shapes import SHAPES, shape_splits

from sketchstudio.core.sketch_codec import Box, rasterise, to_stroke5
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.reading import seen
from trainer.batches import NONE, Augmentation, Batch, BatchStream, make_batch
from trainer.sketches import Sketches

STD = 0.25
BENT = replace(Augmentation(), mirrored=0.5, warp=0.05, wiped=0.5)
RASTER = 32
CONFIG = ModelConfig("shapes", SHAPES, raster=RASTER, channels=(4, 8), offset_std=STD)
READS_STROKES = replace(CONFIG, encoder="lstm")


@pytest.fixture(scope="module")
def sketches(tmp_path_factory: pytest.TempPathFactory) -> Sketches:
    return shape_splits(tmp_path_factory.mktemp("shapes"))["train"]


def batch_of(
    sketches: Sketches, augmentation: Augmentation, seed: int = 0, config: ModelConfig = CONFIG
) -> Batch:
    chosen = np.arange(0, len(sketches), 3)
    return make_batch(sketches, chosen, config, augmentation, np.random.default_rng(seed))


def pen_positions(batch: Batch, row: int) -> np.ndarray:
    """Box units, after each point of a sketch, from the positions fed to the decoder."""
    return batch.inputs[row, 1 : batch.real[row].sum(), 5:]


def same(one: Batch, other: Batch) -> bool:
    names = ("seen", "inputs", "offsets", "pen", "real", "labels")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def test_a_step_always_has_the_same_batch(sketches: Sketches) -> None:
    """A resumed run sees what the killed one would have seen."""
    stream = BatchStream(sketches, 8, CONFIG, Augmentation(), seed=1)
    again = BatchStream(sketches, 8, CONFIG, Augmentation(), seed=1)
    other = BatchStream(sketches, 8, CONFIG, Augmentation(), seed=2)
    assert same(stream.batch(5), again.batch(5))
    assert not same(stream.batch(5), stream.batch(6))
    assert not same(stream.batch(5), other.batch(5))
    ahead = again.from_step(5)
    try:
        assert same(next(ahead), stream.batch(5))
        assert same(next(ahead), stream.batch(6))
    finally:
        ahead.close()  # type: ignore[attr-defined]


def test_unaugmented_rows_are_those_of_the_codec(sketches: Sketches) -> None:
    """The trainer's vectorised stroke-5 and raster are the app's."""
    batch = batch_of(sketches, NONE)
    ends = np.cumsum(batch.real.sum(axis=1))
    for row, index in enumerate(range(0, len(sketches), 3)):
        sketch = sketches.polylines(index)
        box = Box.around(sketch)
        sketch = [box.to_box(points) for points in sketch]
        rows = to_stroke5(sketch, STD)
        part = slice(ends[row] - len(rows), ends[row])
        np.testing.assert_allclose(batch.offsets[part], rows[:, :2], atol=1e-5)
        np.testing.assert_array_equal(batch.pen[part], rows[:, 2:].argmax(axis=1))
        assert batch.real[row].sum() == len(rows)
        np.testing.assert_array_equal(batch.inputs[row, 0], [0, 0, 1, 0, 0, 0, 0])
        np.testing.assert_allclose(batch.inputs[row, 1 : len(rows), :5], rows[:-1], atol=1e-5)
        np.testing.assert_allclose(pen_positions(batch, row), np.concatenate(sketch), atol=1e-5)
        difference = batch.seen[row].astype(int) - rasterise(sketch, RASTER)
        assert np.abs(difference).max() <= 40  # a coordinate may round to the next sixteenth
        assert batch.labels[row] == sketches.labels[index]


def test_a_whole_sketch_fills_its_box(sketches: Sketches) -> None:
    """However a sketch is bent, the network sees it centred with its longest side 1."""
    batch = batch_of(sketches, replace(BENT, unfinished=0, drop=0, input_noise=0))
    for row in range(len(batch.labels)):
        points = pen_positions(batch, row)
        low, high = points.min(axis=0), points.max(axis=0)
        assert (high - low).max() == pytest.approx(1, abs=1e-4)
        np.testing.assert_allclose(low + high, 0, atol=1e-4)


def test_an_unfinished_sketch_keeps_its_whole_target(sketches: Sketches) -> None:
    """The encoder sees a beginning, filling the box; the decoder still learns all of it."""
    whole = batch_of(sketches, NONE)
    batch = batch_of(sketches, replace(NONE, unfinished=1, shortest=0.25, smallest=0.4))
    np.testing.assert_array_equal(batch.real, whole.real)
    np.testing.assert_array_equal(batch.pen, whole.pen)
    extent = 0
    for row in range(len(batch.labels)):
        points = pen_positions(batch, row)
        assert np.abs(points[:2]).max() <= 0.5 + 1e-4
        assert np.ptp(points, axis=0).max() <= 1 / 0.4 + 1e-3
        extent += np.ptp(points, axis=0).max() > 1.05
    assert extent > len(batch.labels) // 8  # beginnings of these shapes are wide already
    assert batch.seen.sum() < whole.seen.sum()


def test_dropped_points_leave_the_strokes(sketches: Sketches) -> None:
    """Point dropping thins lines; it never removes where the pen goes down or up."""
    whole = batch_of(sketches, NONE)
    batch = batch_of(sketches, replace(NONE, drop=0.5))
    assert batch.real.sum() < whole.real.sum()
    np.testing.assert_array_equal((batch.pen == 1).sum(), (whole.pen == 1).sum())
    np.testing.assert_array_equal((batch.pen == 2).sum(), (whole.pen == 2).sum())
    last = [pen_positions(batch, row)[-1] for row in range(len(batch.labels))]
    expected = [pen_positions(whole, row)[-1] for row in range(len(batch.labels))]
    np.testing.assert_allclose(last, expected, atol=1e-5)


def test_a_mirrored_sketch_is_the_same_one_turned(sketches: Sketches) -> None:
    """Encoder and decoder see the same mirror image."""
    whole, mirrored = batch_of(sketches, NONE), batch_of(sketches, replace(NONE, mirrored=1))
    np.testing.assert_allclose(mirrored.offsets * [-1, 1], whole.offsets, atol=1e-5)
    difference = mirrored.seen[:, :, ::-1].astype(int) - whole.seen
    assert np.abs(difference).mean() < 8  # a pixel's centre is no mirror's axis


def test_warped_lines_still_meet(sketches: Sketches) -> None:
    """All points of a place are moved alike, and none far."""
    whole, warped = batch_of(sketches, NONE), batch_of(sketches, replace(NONE, warp=0.05))
    moved = []
    for row in range(len(whole.labels)):
        before, after = pen_positions(whole, row), pen_positions(warped, row)
        moved.append(np.abs(after - before).max())
        same_place = np.linalg.norm(before[:, None] - before[None], axis=-1) < 1e-6
        apart = np.linalg.norm(after[:, None] - after[None], axis=-1)
        assert apart[same_place].max() < 1e-5
    assert np.mean(moved) > 0.01
    assert np.max(moved) < 0.2  # the box is fitted again, too


def test_what_is_wiped_is_wiped_from_the_picture_alone(sketches: Sketches) -> None:
    """The decoder still learns all of it."""
    whole, wiped = batch_of(sketches, NONE), batch_of(sketches, replace(NONE, wiped=1))
    np.testing.assert_array_equal(wiped.inputs, whole.inputs)
    assert (wiped.seen <= whole.seen).all()
    lost = 1 - wiped.seen.sum(axis=(1, 2)) / whole.seen.sum(axis=(1, 2), dtype=float)
    assert 0.02 < lost.mean() < 0.4


def test_padding_stays_empty(sketches: Sketches) -> None:
    """Noise is added to real inputs only, and targets count the real steps."""
    batch = batch_of(sketches, Augmentation())
    assert not batch.inputs[~batch.real][:, :2].any()
    assert len(batch.pen) == len(batch.offsets) == batch.real.sum()
    assert np.isfinite(batch.inputs).all()


def test_rare_categories_come_more_often_than_their_count(sketches: Sketches) -> None:
    """Sampling is by the square root of the counts."""
    many, few = np.flatnonzero(sketches.labels == 0), np.flatnonzero(sketches.labels == 1)
    uneven = sketches.subset(np.concatenate([many[:49], few[:4]]))
    stream = BatchStream(uneven, 8, CONFIG, NONE, seed=1)
    labels = np.concatenate([stream.batch(step).labels for step in range(60)])
    assert (labels == 1).mean() == pytest.approx(2 / 9, abs=0.06)


def test_a_failing_thread_is_heard(sketches: Sketches, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while a batch is made ends the training instead of hanging it."""
    stream = BatchStream(sketches, 8, CONFIG, NONE, seed=1)

    def fail(step: int) -> Batch:
        raise RuntimeError(f"no batch {step}")

    monkeypatch.setattr(stream, "batch", fail)
    with pytest.raises(RuntimeError, match="no batch 7"):
        next(stream.from_step(7))


def test_too_few_sketches_for_a_batch(tmp_path: Path) -> None:
    """The message says how many there are."""
    few = shape_splits(tmp_path, count=4)["train"]
    with pytest.raises(ValueError, match=f"there are {len(few)}"):
        BatchStream(few, 64, CONFIG, NONE, seed=1)


def test_only_beginnings_are_told_their_category(sketches: Sketches) -> None:
    """A whole drawing's code says what it is; half of the beginnings are left to guess."""
    for share in (0.0, 0.5, 1.0):
        batch = batch_of(sketches, replace(NONE, unfinished=1, shortest=0.25, told=share))
        assert not (batch.told & ~batch.begun).any()
        told = batch.told.sum() / batch.begun.sum()
        assert told == share if share in (0, 1) else 0.2 < told < 0.8


def test_an_encoder_of_strokes_reads_what_the_app_would_feed_it(sketches: Sketches) -> None:
    """Without augmentation its rows are those that `reading.seen` makes of the same sketches."""
    batch = batch_of(sketches, NONE, config=READS_STROKES)
    chosen = [sketches.polylines(i) for i in range(0, len(sketches), 3)]
    whole = [[Box.around(sketch).to_box(line) for line in sketch] for sketch in chosen]
    np.testing.assert_allclose(batch.seen, seen(whole, READS_STROKES).numpy(), atol=1e-5)


def test_an_encoder_of_strokes_reads_only_the_beginning(sketches: Sketches) -> None:
    """Of an unfinished sketch it sees the first points, and the pen lifts after the last."""
    options = replace(NONE, unfinished=1, shortest=0.25, drop=0.3)
    batch = batch_of(sketches, options, config=READS_STROKES)
    lengths = batch.seen[..., 2:].sum(axis=(1, 2)).astype(int)
    points = batch.real.sum(axis=1) - 1
    assert (lengths[batch.begun] < points[batch.begun]).any()
    np.testing.assert_array_equal(lengths[~batch.begun], points[~batch.begun])
    for row, length in enumerate(lengths):
        np.testing.assert_array_equal(batch.seen[row, length - 1, 2:], [0, 1, 0])
        assert not batch.seen[row, length:].any()
        np.testing.assert_array_equal(
            batch.seen[row, : length - 1], batch.inputs[row, 1:length, :5]
        )


@pytest.mark.parametrize("config", [CONFIG, READS_STROKES], ids=["raster", "strokes"])
def test_parts_of_a_batch_are_the_batch(sketches: Sketches, config: ModelConfig) -> None:
    """Two processes with half a batch each learn from the sketches one would have had."""
    whole = BatchStream(sketches, 8, config, BENT, seed=1).batch(3)
    parts = [
        BatchStream(sketches, 8, config, BENT, 1, part).batch(3)
        for part in (slice(0, 4), slice(4, 8))
    ]
    for name in ("offsets", "pen", "labels", "begun", "told"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        np.testing.assert_array_equal(joined, getattr(whole, name))
    for name in ("seen", "inputs"):
        for part, rows in zip(parts, (slice(0, 4), slice(4, 8)), strict=True):
            own, expected = getattr(part, name), getattr(whole, name)[rows]
            padded = np.pad(own, [(0, 0), (0, expected.shape[1] - own.shape[1]), (0, 0)])
            np.testing.assert_array_equal(padded, expected)
