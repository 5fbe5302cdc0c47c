"""Things on a page: what lies together, or was drawn together, belongs together."""

from __future__ import annotations

import numpy as np

from sketchstudio.core.objects import CONSIDERED, last_object, objects_of
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


def box(x: float, y: float, size: float = 100.0) -> Stroke:
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return Stroke.from_points(np.array(corners) * size + (x, y))


def test_strokes_that_meet_are_one_object() -> None:
    """A house and its door, however late the door came; the sun beside it is another."""
    sun, house, door = box(600, -300), box(0, 0, 300), box(100, 200, 80)
    assert last_object([sun, house, door], {}) == (house, door)
    times = {sun.id: 0.0, house.id: 100.0, door.id: 900.0}
    assert last_object([sun, house, door], times) == (house, door)


def test_a_chain_hangs_together() -> None:
    """Neighbours of neighbours belong to it, also when the first came last."""
    chain = [box(x, 0) for x in (220, 110, 330, 0)]
    assert last_object(chain, {}) == tuple(chain)


def test_what_was_drawn_in_one_go_may_lie_farther_apart() -> None:
    """Two eyes without a face are one thing when they come at once, and two things else."""
    eyes = [box(0, 0), box(135, 0)]
    soon = {eyes[0].id: 10.0, eyes[1].id: 11.0}
    assert last_object(eyes, soon) == tuple(eyes)
    assert last_object(eyes, {}) == (eyes[1],)


def test_after_a_long_time_only_what_touches_belongs_to_it() -> None:
    """A little gap is bridged the same minute, not the next."""
    one, other = box(0, 0), box(110, 0)
    assert last_object([one, other], {one.id: 0.0, other.id: 30.0}) == (one, other)
    assert last_object([one, other], {one.id: 0.0, other.id: 300.0}) == (other,)


def test_of_much_ink_the_newest_is_looked_at() -> None:
    """A page of ten thousand strokes costs no more than one of a few hundred."""
    row = [box(50 * i, 0) for i in range(CONSIDERED + 50)]
    assert last_object(row, {}) == tuple(row[-CONSIDERED:])


def test_an_empty_page_has_none() -> None:
    """Nothing was drawn last."""
    assert last_object([], {}) == ()
