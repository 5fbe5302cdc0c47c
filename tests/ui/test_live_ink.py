from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from sketchstudio.core.smoothing import drawn_samples
from sketchstudio.core.stroke import EVENED, StrokeStyle
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.renderer import CHUNK, Piece, paint_pieces, pieces_of

pytestmark = pytest.mark.usefixtures("qapp")


def painted(pieces: list[Piece]) -> np.ndarray:
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_pieces(painter, pieces, QColor("black"))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(300, 300, 4)[..., 0].astype(int)


def wandering(count: int) -> list[PenSample]:
    rng = np.random.default_rng(2)
    angle = np.cumsum(rng.normal(0, 0.4, count))
    x = 150 + 100 * np.sin(np.cumsum(np.cos(angle)) / 40)
    y = 150 + 100 * np.cos(np.cumsum(np.sin(angle)) / 30)
    return [PenSample(x[i], y[i], rng.uniform(0.2, 1), 5.0 * i) for i in range(count)]


SMOOTHED = pytest.mark.parametrize("smoothing", [0.0, EVENED, 0.5, 0.9])


@SMOOTHED
def test_finished_ink_equals_live_ink(smoothing):
    """Nothing jumps when the pen is lifted, however long the stroke."""
    samples = wandering(2 * CHUNK + 50)
    live = LiveInk(StrokeStyle(width=9, smoothing=smoothing), samples[0])
    for sample in samples[1:]:
        live.append(sample)
    if live.string is not None:  # a stabilised line comes to the pen once that lifts
        live.move_end(samples[-1])
    np.testing.assert_array_equal(painted(live.pieces()), painted(list(pieces_of(live.stroke()))))


@SMOOTHED
def test_reported_box_holds_every_changed_pixel(smoothing):
    """Repainting only what a sample changed leaves nothing old on the screen."""
    samples = wandering(CHUNK + 60)
    live = LiveInk(StrokeStyle(width=9, smoothing=smoothing), samples[0])
    before = painted(live.pieces())
    for i, sample in enumerate(samples[1:]):
        box = (live.move_end if i % 10 == 9 else live.append)(sample).expanded(2)
        after = painted(live.pieces())
        ys, xs = np.nonzero(before != after)
        if len(xs):
            assert box.left <= xs.min()
            assert xs.max() <= box.right
            assert box.top <= ys.min()
            assert ys.max() <= box.bottom
        before = after


def test_stroke_keeps_raw_samples():
    """What the device said is kept, whatever is drawn."""
    samples = wandering(20)
    live = LiveInk(StrokeStyle(), samples[0])
    for sample in samples[1:]:
        live.append(sample)
    expected = np.array([(s.x, s.y, s.pressure, s.t_ms) for s in samples], np.float32)
    np.testing.assert_array_equal(live.stroke().samples, expected)


def test_the_end_can_be_moved_far_and_back():
    """A straight line is aimed to and fro; pieces finished on the way are taken back."""
    start, *way = wandering(40)
    live = LiveInk(StrokeStyle(smoothing=1.0), start)
    for sample in way:
        live.append(sample)
    before = live.stroke()
    live.append(PenSample(3000, 10, 1, 400))
    live.move_end(PenSample(20, 3000, 1, 500))
    live.move_end(PenSample(way[-1].x, way[-1].y, 1, 600))
    line = drawn_samples(live.stroke())
    assert len(live) == 41
    assert line[:, :2].max() < 300
    np.testing.assert_array_equal(live.stroke().samples[:40], before.samples)
    np.testing.assert_array_equal(painted(live.pieces()), painted(list(pieces_of(live.stroke()))))
