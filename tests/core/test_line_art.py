"""Pictures to line art to strokes: what was drawn is found, whatever the light and the paper."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from sketchstudio.core.line_art import (
    Cleaning,
    ink_of,
    is_light_on_dark,
    line_width,
    thinned,
    to_grey,
    without_specks,
)
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.tracing import lines_of, trace


def sheet(height: int = 500, width: int = 700) -> np.ndarray:
    return np.full((height, width, 3), 246, np.uint8)


def cross_and_ring() -> np.ndarray:
    pixels = sheet()
    cv2.line(pixels, (60, 100), (300, 340), (30, 30, 30), 5, cv2.LINE_AA)
    cv2.line(pixels, (300, 100), (60, 340), (30, 30, 30), 5, cv2.LINE_AA)
    cv2.circle(pixels, (500, 240), 110, (30, 30, 30), 5, cv2.LINE_AA)
    return pixels


def in_bad_light(pixels: np.ndarray) -> np.ndarray:
    """A photo: a shadow down to a third of the light, and noise."""
    height, width = pixels.shape[:2]
    light = np.linspace(0.33, 1.0, width) * np.linspace(0.8, 1.0, height)[:, None]
    noise = np.random.default_rng(0).normal(0, 5, pixels.shape)
    return np.clip(pixels * light[..., None] + noise, 0, 255).astype(np.uint8)


def far(strokes: list[np.ndarray], centre: tuple[float, float]) -> np.ndarray:
    """Distances of all points from a place."""
    return np.hypot(*(np.concatenate(strokes) - np.array(centre)).T)


@pytest.mark.parametrize("light", [lambda p: p, in_bad_light], ids=["scan", "photo"])
def test_lines_cross_straight_over(light):
    """A cross is two strokes and a ring is one, closed, also in bad light."""
    strokes = lines_of(light(cross_and_ring()), Cleaning())
    assert len(strokes) == 3
    ring = next(s for s in strokes if s[:, 0].min() > 350)
    assert np.allclose(ring[0], ring[-1])
    assert np.abs(far([ring], (500, 240)) - 110).max() < 3
    for stroke in strokes:
        if stroke is not ring:
            assert np.hypot(*(stroke[-1] - stroke[0])) > 320  # from corner to corner


def test_chalk_on_a_board_is_inverted():
    """Light lines on a dark board are found once inverted, and the need for it is seen."""
    board = 255 - cross_and_ring()
    assert is_light_on_dark(to_grey(board))
    assert not is_light_on_dark(to_grey(in_bad_light(cross_and_ring())))
    assert len(lines_of(board, Cleaning(invert=True))) == 3


def test_painted_areas_become_outlines():
    """A black disc is drawn as its edge: a skeleton of it would be a dot."""
    pixels = sheet()
    cv2.circle(pixels, (350, 250), 150, (0, 0, 0), -1, cv2.LINE_AA)
    (ring,) = lines_of(pixels, Cleaning())
    assert np.abs(far([ring], (350, 250)) - 150).max() < 6


def test_colours_are_passed_over():
    """Of a cartoon the lines stay, and the colours between them go."""
    pixels = sheet()
    cv2.circle(pixels, (350, 250), 150, (90, 200, 250), -1, cv2.LINE_AA)
    cv2.circle(pixels, (350, 250), 150, (20, 20, 20), 7, cv2.LINE_AA)
    (ring,) = lines_of(pixels, Cleaning())
    assert np.abs(far([ring], (350, 250)) - 150).max() < 4


def test_specks_go_and_dots_of_i_may_stay():
    """Despeckle drops dust; at 0 every dot stays."""
    pixels = cross_and_ring()
    rng = np.random.default_rng(1)
    for x, y in rng.integers(20, 480, (40, 2)):
        cv2.circle(pixels, (int(x), int(y)), 1, (30, 30, 30), -1)
    grey = to_grey(pixels)
    clean = ink_of(grey, Cleaning(despeckle=0.4))
    dusty = ink_of(grey, Cleaning(despeckle=0.0))
    assert cv2.connectedComponents(clean.astype(np.uint8))[0] - 1 == 2
    assert cv2.connectedComponents(dusty.astype(np.uint8))[0] - 1 > 20


def test_threshold_takes_fainter_lines():
    """A pencil line beside a pen's is dropped at a low threshold and found at a high one."""
    pixels = sheet()
    cv2.line(pixels, (50, 100), (650, 100), (20, 20, 20), 5, cv2.LINE_AA)
    cv2.line(pixels, (50, 300), (650, 300), (212, 212, 212), 5, cv2.LINE_AA)
    assert len(lines_of(pixels, Cleaning(threshold=0.1))) == 1
    assert len(lines_of(pixels, Cleaning(threshold=0.9))) == 2


def test_gaps_are_joined():
    """A dashed line becomes one line where gaps shall be joined."""
    pixels = sheet()
    for x in range(50, 640, 24):
        cv2.line(pixels, (x, 200), (x + 13, 200), (20, 20, 20), 5)
    grey = to_grey(pixels)
    parts = [
        cv2.connectedComponents(ink_of(grey, replace(Cleaning(), join=j)).astype(np.uint8))[0] - 1
        for j in (0.0, 1.0)
    ]
    assert parts[0] > 10
    assert parts[1] == 1


def test_an_empty_sheet_has_no_lines():
    """The grain of paper is no drawing, and the person is told what to do."""
    with pytest.raises(SketchError, match="no lines in the picture"):
        lines_of(in_bad_light(sheet()), Cleaning())


def test_thinning_keeps_what_hangs_together():
    """A skeleton has as many parts and holes as the ink, and is one pixel wide."""
    grey = to_grey(cross_and_ring())
    ink = ink_of(grey, Cleaning())
    thin = thinned(ink)
    assert (thin <= ink).all()
    for mask in (lambda m: m, lambda m: ~m):
        counts = [
            cv2.connectedComponents(
                np.pad(mask(one), 1, constant_values=mask(np.False_)).astype(np.uint8),
                connectivity=8 if mask(np.True_) else 4,
            )[0]
            for one in (ink, thin)
        ]
        assert counts[0] == counts[1]
    blocks = thin[:-1, :-1] & thin[1:, :-1] & thin[:-1, 1:] & thin[1:, 1:]
    assert blocks.sum() <= 2
    assert 4 < line_width(ink) < 8


def test_single_pixels_and_blocks_do_no_harm():
    """Any mask can be traced: dots, blocks, the whole sheet."""
    rng = np.random.default_rng(2)
    for share in (0.002, 0.2, 0.6, 1.0):
        mask = rng.random((60, 80)) < share
        strokes = trace(thinned(mask), 2.0)
        assert all(len(stroke) > 1 and np.isfinite(stroke).all() for stroke in strokes)
        assert len(without_specks(mask, 0.5)) == 60


def test_far_too_much_is_refused():
    """A picture full of noise is refused in one sentence, not traced for minutes."""
    noise = np.random.default_rng(3).random((900, 900)) < 0.3
    with pytest.raises(SketchError, match="too m"):
        trace(noise, 2.0)
