"""The last object: what a person would call one thing, by time and place."""

from __future__ import annotations

import numpy as np

from sketchstudio.core.last_object import CONSIDERED, last_object
from sketchstudio.core.stroke import Stroke


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
