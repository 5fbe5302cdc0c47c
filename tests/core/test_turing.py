"""The score of a test: counted right, and no surer than it may be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.turing import Answer, Question, Score, presented, wilson


def test_the_interval_is_wilsons() -> None:
    """Values of the literature (Newcombe 1998, method 3): 81 of 263, 15 of 148, 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    """It lies within 0 and 1 and round what was seen."""
    right, total = counts
    low, high = wilson(right, total)
    assert 0 <= low <= right / total + 1e-9
    assert right / total - 1e-9 <= high <= 1


def test_mistakes_are_counted_both_ways() -> None:
    """To take a machine for a person is another thing than the reverse."""

    def answer(by_machine: bool, said_machine: bool) -> Answer:
        return Answer(Question([], by_machine, ""), said_machine, 1.0)

    score = Score(
        [answer(True, True), answer(True, False), answer(True, False), answer(False, True)]
    )
    assert score.right == 1
    assert score.mistaken(by_machine=True) == (2, 3)
    assert score.mistaken(by_machine=False) == (1, 1)


def test_size_and_place_tell_nothing() -> None:
    """The same drawing, larger and elsewhere, is shown the same."""
    ink = np.array([[0, 0], [10, 4], [20, -3], [30, 9]], dtype=np.float64)
    one, other = presented([ink]), presented([ink * 37 + 500])
    np.testing.assert_allclose(one[0], other[0], atol=1e-5)
    assert np.ptp(one[0], axis=0).max() == pytest.approx(1)
