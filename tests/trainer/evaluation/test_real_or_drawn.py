"""The network that tells people's drawings from a model's."""

from __future__ import annotations

import numpy as np
from helpers.shapes import Strokes, shape

from trainer.evaluation.real_or_drawn import Telling, told_apart

QUICK = Telling(steps=60, channels=(4, 8))


def shapes(names: tuple[str, ...], count: int, seed: int) -> list[Strokes]:
    rng = np.random.default_rng(seed)
    return [shape(names[i % len(names)], rng) for i in range(count)]


def test_what_differs_is_told_apart_and_what_does_not_is_guessed() -> None:
    """Circles and zigzags differ; circles of the same hand do not."""
    people = shapes(("circle",), 160, 0)
    other = told_apart(people, shapes(("zigzag",), 160, 1), QUICK)
    assert other is not None
    assert other > 0.95
    same = told_apart(people, shapes(("circle",), 160, 2), QUICK)
    assert same is not None
    assert 0.3 < same < 0.7


def test_the_density_of_points_gives_nothing_away() -> None:
    """The same drawings with more points on the same lines are the same drawings."""
    people = shapes(("circle", "square"), 160, 0)

    def denser(stroke: np.ndarray) -> np.ndarray:
        middles = (stroke[:-1] + stroke[1:]) / 2
        return np.insert(stroke, np.arange(1, len(stroke)), middles, axis=0)

    dense = [tuple(map(denser, drawing)) for drawing in people]
    share = told_apart(people, dense, QUICK)
    assert share is not None
    assert 0.4 < share < 0.6


def test_too_few_or_nothing_drawn_is_no_figure() -> None:
    """A network that learnt from no batch would only guess."""
    people = shapes(("circle",), 40, 0)
    assert told_apart(people, people, QUICK) is None
    assert told_apart(people * 3, [()] * 120, QUICK) is None
