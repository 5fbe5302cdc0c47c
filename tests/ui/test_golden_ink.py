"""Ink as it has always looked: pictures without text are the same on every machine.

After a change that is meant, write them anew: ``python -m tests.ui.test_golden_ink``.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.shapes import shape_of
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.ui.canvas.renderer import paint_document

GOLDEN = Path(__file__).parent / "golden"
SIDE = 160
CLOSE = 2  # of 255, that a pixel may differ


def hand(style: StrokeStyle) -> Stroke:
    """A shaky spiral of uneven pressure."""
    rng = np.random.default_rng(7)
    t = np.linspace(0, 1, 90)
    rows = np.empty((90, 4), np.float32)
    rows[:, 0] = 80 + (15 + 55 * t) * np.cos(11 * t) + rng.normal(0, 0.7, 90)
    rows[:, 1] = 80 + (15 + 55 * t) * np.sin(11 * t) + rng.normal(0, 0.7, 90)
    rows[:, 2] = 0.5 + 0.45 * np.sin(9 * t)
    rows[:, 3] = 900 * t
    return Stroke(rows, style)


def crossing(style: StrokeStyle) -> Stroke:
    return Stroke.from_points([(20, 40), (140, 120), (140, 40), (20, 120)], style)


def nearly_a_box() -> Stroke:
    corners = np.array([(30, 32), (130, 30), (127, 118), (33, 121), (31, 36)], float)
    way = np.concatenate([np.linspace(a, b, 12) for a, b in itertools.pairwise(corners)])
    return Stroke.from_points(way, StrokeStyle("#2563eb", 5, False))


INK = {
    "raw": [hand(StrokeStyle(width=6, smoothing=0.0))],
    "even": [hand(StrokeStyle(width=6))],
    "smooth": [hand(StrokeStyle(width=6, smoothing=0.5))],
    "steady": [hand(StrokeStyle(width=6, smoothing=0.8))],
    "highlighter": [
        hand(StrokeStyle(width=4)),
        crossing(StrokeStyle("#facc15", 22, False, highlighter=True)),
    ],
    "shape": [shape_of(nearly_a_box())],
    "dot": [Stroke.from_points([(80, 80)], StrokeStyle("#dc2626", 30, False))],
}


def picture(strokes: list[Stroke]) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_document(painter, Document((Layer("ink", tuple(strokes)),)))
    painter.end()
    return image


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, SIDE, 4)[..., :3].astype(int)


@pytest.mark.parametrize("name", INK)
def test_ink_looks_as_it_did(qapp, name):
    """A drawing of last year looks the same today."""
    golden = QImage(str(GOLDEN / f"{name}.png"))
    assert not golden.isNull(), "there is no picture to compare with"
    strays = np.abs(pixels(picture(INK[name])) - pixels(golden)).max(axis=2) > CLOSE
    assert strays.mean() < 0.001


def test_the_pictures_differ(qapp):
    """Each kind of smoothing is seen."""
    seen = {name: pixels(picture(ink)) for name, ink in INK.items()}
    for a, b in (("raw", "even"), ("even", "smooth"), ("smooth", "steady")):
        assert (np.abs(seen[a] - seen[b]).max(axis=2) > 20).mean() > 0.002


if __name__ == "__main__":
    for name, ink in INK.items():
        picture(ink).save(str(GOLDEN / f"{name}.png"))
