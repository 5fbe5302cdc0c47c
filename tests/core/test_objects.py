"""Things on a page: what lies together belongs together."""

from __future__ import annotations

import numpy as np

from sketchstudio.core.objects import objects_of
from sketchstudio.core.stroke import Stroke


def ring(x: float, y: float, size: float) -> Stroke:
    angle = np.linspace(0, 2 * np.pi, 20)
    return Stroke.from_points(np.stack([x + size * np.cos(angle), y + size * np.sin(angle)], 1))


def line(*points: tuple[float, float]) -> Stroke:
    return Stroke.from_points(points)


def test_two_things_are_two() -> None:
    """A face and a sun far from it are two drawings, whatever the order of their strokes."""
    face, sun = ring(0, 0, 50), ring(300, 0, 30)
    eye, ray = ring(-15, -10, 5), line((335, 0), (360, 0))
    assert objects_of([face, sun, eye, ray]) == [(face, eye), (sun, ray)]


def test_a_stroke_can_join_what_was_apart() -> None:
    """Wheels are one thing once there is a car over them."""
    left, right = ring(0, 0, 10), ring(100, 0, 10)
    body = line((-20, -30), (120, -30), (120, 5))
    assert objects_of([left, right]) == [(left,), (right,)]
    assert objects_of([left, right, body]) == [(left, right, body)]


def test_nothing_is_nothing() -> None:
    """An empty page has no things."""
    assert objects_of([]) == []
