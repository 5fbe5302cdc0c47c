"""The codec: what the network sees and draws is the person's ink, in its place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sketchstudio.core.sketch_codec import (
    MAX_INK_POINTS,
    RDP_TOLERANCE,
    Box,
    SketchError,
    boxed,
    checked,
    join,
    rasterise,
    simplify,
    split,
    to_stroke5,
)

coordinates = st.floats(-1e4, 1e4, width=32)
strokes = st.integers(1, 12).flatmap(lambda n: arrays(np.float32, (n, 2), elements=coordinates))
sketches = st.lists(strokes, min_size=1, max_size=5)


@given(sketches)
def test_box_maps_into_the_unit_square_and_back(sketch: list[np.ndarray]) -> None:
    """Ink decoded from box units lands where it was."""
    box = Box.around(sketch)
    for stroke in sketch:
        inside = box.to_box(stroke)
        assert np.abs(inside).max() <= 0.5 + 1e-3
        np.testing.assert_allclose(box.to_page(inside), stroke, atol=max(2e-3, box.size * 1e-5))


@given(sketches)
def test_stroke5_round_trip(sketch: list[np.ndarray]) -> None:
    """Stroke-5 keeps every point and every stroke's end."""
    unit = [Box.around(sketch).to_box(stroke) for stroke in sketch]
    rows = to_stroke5(unit, 0.12)[:-1]
    points = np.cumsum(rows[:, :2], axis=0, dtype=np.float64) * 0.12
    back = split(points.astype(np.float32), rows[:, 3] == 1)
    assert [len(stroke) for stroke in back] == [len(stroke) for stroke in unit]
    for was, now in zip(unit, back, strict=True):
        np.testing.assert_allclose(now, was, atol=1e-5)


@given(sketches)
def test_stroke5_rows_have_one_pen_state_and_end_once(sketch: list[np.ndarray]) -> None:
    """Rows are what the decoder is trained on: one-hot pen, one end, at the end."""
    rows = to_stroke5(sketch, 1.0)
    assert (rows[:, 2:].sum(axis=1) == 1).all()
    assert rows[-1, 4] == 1
    assert rows[:-1, 4].sum() == 0


@given(sketches)
def test_join_and_split_are_inverse(sketch: list[np.ndarray]) -> None:
    """No stroke is lost or joined to another."""
    back = split(*join(sketch))
    assert len(back) == len(sketch)
    for was, now in zip(sketch, back, strict=True):
        np.testing.assert_array_equal(now, was)


@given(sketches)
def test_simplify_keeps_ends_and_stays_near(sketch: list[np.ndarray]) -> None:
    """Simplified ink starts and ends where the ink did, and uses its points."""
    unit = [Box.around(sketch).to_box(stroke) for stroke in sketch]
    for was, now in zip(unit, simplify(unit), strict=True):
        np.testing.assert_array_equal(now[0], was[0])
        np.testing.assert_array_equal(now[-1], was[-1])
        assert len(now) <= len(was)
        assert {tuple(point) for point in now} <= {tuple(point) for point in was}


@given(st.integers(3, 40), st.integers(0, 2**32 - 1))
def test_simplify_keeps_a_closed_stroke_closed(count: int, seed: int) -> None:
    """An outline that ends where it began still does: the model learns to close them."""
    points = np.random.default_rng(seed).normal(0, 0.3, (count, 2)).astype(np.float32)
    points[-1] = points[0]
    (simple,) = simplify([points])
    np.testing.assert_array_equal(simple[[0, -1]], points[[0, -1]])


@pytest.mark.parametrize(("place", "size"), [(1e6, 255.0), (1e6, 1.0), (9e8, 100.0)])
def test_ink_far_from_the_origin_is_as_sharp_as_near_it(place: float, size: float) -> None:
    """Coordinates are those of a map, say: float32 would round them to a staircase."""
    near = np.array([[0, 0], [1, 0.3], [0.4, 0.9], [0.1, 0.95]]) * size
    (far,) = checked([near + place])
    box = Box.around([far])
    (at_origin,), (inside,) = boxed([near], Box.around([near])), boxed([far], box)
    np.testing.assert_allclose(inside, at_origin, atol=1e-6)
    np.testing.assert_allclose(box.to_page(inside), far, atol=1e-6 * size)


@pytest.mark.parametrize(
    "ink",
    [[[5, 7]], [[0, 3], [9, 3]], [[2, 0], [2, 4]], [[0, 0], [1e-320, 0]], [[-1e9, 1], [1e9, 1]]],
)
def test_ink_without_area_has_a_box(ink: list[list[float]]) -> None:
    """Dots and straight lines come out finite, and in the picture."""
    sketch = checked([ink])
    (inside,) = boxed(sketch, Box.around(sketch))
    assert np.abs(inside).max() <= 0.5
    image = rasterise([inside], 32)
    assert image.sum() > 200
    assert not image[[0, -1]].any()
    assert not image[:, [0, -1]].any()


def test_simplify_drops_points_on_a_line_and_keeps_corners() -> None:
    """Dense pen samples become the few points that Quick, Draw! would hold."""
    side = np.linspace(0, 1, 50, dtype=np.float32)
    corner = np.concatenate(
        [np.stack([side, 0 * side], 1), np.stack([0 * side + 1, side], 1)]
    ).astype(np.float32)
    assert simplify([corner], RDP_TOLERANCE)[0].tolist() == [[0, 0], [1, 0], [1, 1]]


def test_raster_is_the_same_wherever_and_however_large_the_ink_is() -> None:
    """The encoder sees the shape, not its place or size."""
    ink = [np.array([[0, 0], [100, 30], [40, 90]], np.float32)]
    moved = [stroke * 7 + np.float32(3000) for stroke in ink]
    images = [rasterise(boxed(each, Box.around(each)), 64) for each in (ink, moved)]
    assert np.abs(images[0].astype(int) - images[1]).max() <= 16
    assert images[0].max() > 200


def test_raster_is_centred_with_a_margin() -> None:
    """A square fills the raster up to its margin, the same on all sides."""
    square = [np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], np.float32)]
    image = rasterise(boxed(square, Box.around(square)), 64)
    rows, columns = np.nonzero(image.max(axis=1))[0], np.nonzero(image.max(axis=0))[0]
    assert rows[0] == columns[0] == 63 - rows[-1] == 63 - columns[-1]
    assert 1 <= rows[0] <= 3


def test_a_dot_is_drawn() -> None:
    """A single point is ink too."""
    dot = [np.zeros((1, 2), np.float32)]
    assert rasterise(boxed(dot, Box.around(dot)), 32).sum() > 200


@pytest.mark.parametrize(
    ("ink", "says"),
    [
        ([], "empty"),
        ([[]], "empty"),
        ([[[0, 0], [np.nan, 1]]], "finite"),
        ([[[0, 0], [np.inf, 1]]], "finite"),
        ([[[0, 0], [1e30, 1]]], "1e9"),
        ([[[1, 2, 3]]], "pairs"),
        ([np.zeros((MAX_INK_POINTS + 1, 2))], "more than"),
    ],
)
def test_what_is_no_sketch_is_refused(ink: list[object], says: str) -> None:
    """Bad ink is named in one line, before it reaches the network."""
    with pytest.raises(SketchError, match=says):
        checked(ink)  # type: ignore[arg-type]
