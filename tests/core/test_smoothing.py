from __future__ import annotations

import gc
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core import smoothing
from sketchstudio.core.outline import centre_line
from sketchstudio.core.smoothing import OneEuro, Stabiliser, drawn_samples, smoother
from sketchstudio.core.stroke import EVENED, Stroke, StrokeStyle

AMOUNTS = (0.0, 0.1, EVENED, 0.3, 0.6, 0.61, 0.8, 1.0)


def shaky(count: int = 120, jitter: float = 0.6, seed: int = 1) -> np.ndarray:
    """A hand going right at 200 px/s, trembling across its way."""
    rng = np.random.default_rng(seed)
    rows = np.ones((count, 4), np.float32)
    rows[:, 0] = np.arange(count) * 1.6
    rows[:, 1] = 100 + rng.normal(0, jitter, count)
    rows[:, 3] = np.arange(count) * 8
    return rows


def drawn(rows: np.ndarray, amount: float, grain: float = 1.0) -> np.ndarray:
    return drawn_samples(Stroke(rows, StrokeStyle(smoothing=amount, grain=grain)))


rows_of_samples = st.lists(
    st.tuples(
        st.floats(-1e4, 1e4, width=32),
        st.floats(-1e4, 1e4, width=32),
        st.floats(0, 1, width=32),
        st.floats(0, 1e4, width=32),
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: np.array(rows, np.float32))


@given(rows_of_samples, st.sampled_from(AMOUNTS))
def test_deriving_again_gives_the_same_and_leaves_the_raw_samples(rows, amount):
    """Smoothing can be changed to and fro at will: nothing but the raw samples decides."""
    stroke = Stroke(rows, StrokeStyle(smoothing=amount))
    once = drawn_samples(stroke)
    other = stroke.with_style(StrokeStyle(smoothing=1 - amount))
    drawn_samples(other)
    back = other.with_style(stroke.style)
    np.testing.assert_array_equal(drawn_samples(back), once)
    np.testing.assert_array_equal(back.samples, rows)


@given(rows_of_samples, st.sampled_from(AMOUNTS))
def test_ends_stay_and_nothing_leaves_the_box(rows, amount):
    """However smooth, a stroke begins and ends where the pen did, and bounds can trust the box."""
    samples = drawn(rows, amount)
    np.testing.assert_array_equal(samples[0], rows[0])
    np.testing.assert_array_equal(samples[-1, :2], rows[-1, :2])
    span = np.abs(rows[:, :2]).max() * 1e-5 + 1e-3
    assert (samples[:, :2].min(axis=0) >= rows[:, :2].min(axis=0) - span).all()
    assert (samples[:, :2].max(axis=0) <= rows[:, :2].max(axis=0) + span).all()


def test_zero_draws_through_every_sample():
    """Raw means raw: the curve passes through what the device said."""
    rows = shaky(40)
    line = centre_line(Stroke(rows, StrokeStyle(smoothing=0.0)))
    gaps = np.abs(line[None] - rows[:, None, :2]).max(axis=2).min(axis=1)
    assert gaps.max() < 1e-3
    evened = centre_line(Stroke(rows, StrokeStyle(smoothing=EVENED)))
    assert np.abs(np.diff(evened[:, 1])).sum() < 0.7 * np.abs(np.diff(line[:, 1])).sum()


def test_only_what_is_filtered_and_stays_is_remembered():
    """Not strokes that pass unfiltered or for a frame; and none for longer than it is there."""
    gc.collect()
    before = len(smoothing._remembered)
    passing = Stroke(shaky(9), StrokeStyle(smoothing=EVENED))
    assert drawn_samples(passing) is passing.samples
    filtered = Stroke(shaky(9), StrokeStyle(smoothing=0.9))
    once = drawn_samples(filtered, keep=False)
    assert len(smoothing._remembered) == before
    np.testing.assert_array_equal(drawn_samples(filtered), once)
    assert drawn_samples(filtered) is drawn_samples(filtered)
    del filtered
    assert len(smoothing._remembered) == before


def test_more_smoothing_leaves_less_tremor():
    """The slider does what it says, all the way."""
    rows = shaky()
    strays = [
        centre_line(Stroke(rows, StrokeStyle(smoothing=amount)))[10:-10, 1].std()
        for amount in (0.0, EVENED, 0.4, 0.6, 0.8, 1.0)
    ]
    assert all(more <= less + 0.05 for less, more in itertools.pairwise(strays))
    assert strays[-1] < 0.2 * strays[0]


def test_one_euro_lags_less_when_quick():
    """A quick line may not trail behind by as much time as a slow one does."""

    def lag_ms(speed: float) -> float:
        rows = shaky(80, jitter=0.0)
        rows[:, 0] = np.arange(80) * speed * 8
        samples = drawn(rows, 0.6)
        return float((rows[60, 0] - samples[60, 0]) / speed)

    assert lag_ms(3.0) < 0.5 * lag_ms(0.05)


def test_dead_zone_holds_the_nib():
    """Within the string's length the stabiliser draws nothing until the pen lifts."""
    rows = shaky(30, jitter=0.0)
    rows[:, 0] = np.linspace(0, 30, 30)
    follower = smoother(StrokeStyle(smoothing=1.0))
    assert isinstance(follower, Stabiliser)
    assert follower.dead_zone > 30
    assert sum(len(follower.follow(tuple(row))) for row in rows.tolist()) == 1
    rest = np.array(follower.finish())
    np.testing.assert_array_equal(rest[-1], rows[-1])
    np.testing.assert_allclose(rest[:, 1], 100, atol=1e-6)


def test_the_stabiliser_ends_the_way_the_pen_went():
    """A turn made within the string's length is drawn when the pen lifts, not cut off."""
    angles = np.linspace(0, 1.5 * np.pi, 200)
    rows = np.ones((200, 4), np.float32)
    rows[:, :2] = 40 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rows[:, 3] = np.arange(200) * 5
    follower = smoother(StrokeStyle(smoothing=1.0))
    line = [row for raw in rows.tolist() for row in follower.follow(tuple(raw))]
    rest = np.array([line[-1], *follower.finish()])[:, :2]
    chord = (rest[0] + rest[-1]) / 2
    assert np.hypot(*(rest - chord).T).min() > 5
    turns = np.diff(np.unwrap(np.arctan2(*np.diff(rest, axis=0).T[::-1])))
    assert (turns > 0).all()
    assert turns.max() < 0.2


@pytest.mark.parametrize("amount", [0.4, 0.9])
def test_zoom_scales_smoothing(amount):
    """The same movement on the screen is smoothed alike at any zoom."""
    rows = shaky()
    near = rows * np.array([0.25, 0.25, 1, 1], np.float32)
    np.testing.assert_allclose(
        drawn(near, amount, grain=0.25)[:, :2] * 4, drawn(rows, amount)[:, :2], atol=0.02
    )


def test_device_rate_does_not_matter_to_the_stabiliser():
    """A tablet of 400 Hz and a mouse of 125 Hz draw the same line."""
    t = np.linspace(0, 1, 601)
    path = np.stack([300 * t, 40 * np.sin(9 * t), np.ones(601), 1000 * t], axis=1)
    path = path.astype(np.float32)
    often, seldom = drawn(path, 0.8), drawn(path[::5], 0.8)
    gaps = np.hypot(*(often[None, :, :2] - seldom[:, None, :2]).transpose(2, 0, 1)).min(axis=1)
    assert gaps.max() < 1.5


def test_a_repeated_time_is_no_division_by_zero():
    """Drivers send several samples with one time stamp."""
    rows = shaky(10)
    rows[:, 3] = 5
    assert np.isfinite(drawn(rows, 0.5)).all()


def test_copies_go_on_alone():
    """A straight line is tried out anew from the same point with each movement."""
    follower = OneEuro(0.5, 1.0)
    follower.follow((0, 0, 1, 0))
    other = follower.copied()
    other.follow((50, 50, 1, 8))
    again = OneEuro(0.5, 1.0)
    again.follow((0, 0, 1, 0))
    assert follower.follow((9, 9, 1, 8)) == again.follow((9, 9, 1, 8))


@pytest.mark.parametrize("grain", [1e-6, 1.0, 1e6])
def test_a_way_beyond_measure_takes_no_longer(grain):
    """A file from a stranger may hold any finite numbers; they are drawn in a bounded time."""
    rows = np.array([[0, 0, 1, 0], [1e30, 5, 1, 9], [-1e30, 9, 1, 20], [4, 4, 1, 30]], np.float32)
    samples = drawn(rows, 1.0, grain)
    assert len(samples) < 5_000
    assert samples[-1, :2].tolist() == [4, 4]
