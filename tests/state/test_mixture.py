"""What a blend is made of: places, ways and journeys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.messages import CodeOf, Difference
from sketchstudio.formats.code_files import NamedCode
from sketchstudio.state.mixture import BEYOND, End, Mixture

ENDS = tuple(End(CodeOf(name), name) for name in ("cat", "pig", "sun", "car"))
LINE = Mixture(ENDS)
PAD = Mixture(ENDS, square=True)


def test_the_line_has_two_ends_and_the_pad_four() -> None:
    """What is blended is what is shown."""
    assert LINE.names == ("cat", "pig")
    assert PAD.names == ("cat", "pig", "sun", "car")
    assert LINE.blend().place == (0.5, 0.0)
    assert replace(PAD, spot=(0.2, 0.9)).blend().place == (0.2, 0.9)


def test_beyond_reaches_past_both_ends() -> None:
    """The strip goes as far as the slider does, and both ends are among its sketches."""
    beyond = replace(LINE, beyond=True)
    across = [x for x, _ in beyond.strip_places]
    assert (across[0], across[-1]) == (-BEYOND, 1 + BEYOND)
    assert {0.0, 1.0} <= set(across)
    assert [x for x, _ in LINE.strip_places] == pytest.approx(np.linspace(0, 1, 9))


def test_the_pad_is_seen_three_by_three() -> None:
    """Its corners come first and last in their rows."""
    places = PAD.strip_places
    assert (places[0], places[2], places[6], places[8]) == ((0, 0), (1, 0), (0, 1), (1, 1))


def test_a_journey_round_the_pad_comes_back() -> None:
    """It passes all corners, never jumps, and ends beside where it began."""
    places = np.array(PAD.journey(40))
    assert {(0, 0), (1, 0), (1, 1), (0, 1)} <= {tuple(place) for place in places.tolist()}
    steps = np.abs(np.diff([*places, places[0]], axis=0)).sum(axis=1)
    np.testing.assert_allclose(steps, 0.1, atol=1e-9)


def test_the_way_is_the_same_while_only_the_place_changes() -> None:
    """So the strip is not drawn anew for every move of the slider."""
    assert replace(LINE, position=0.9).way == LINE.way
    plus, minus = ENDS[:2]
    for other in (
        replace(LINE, sampling=Sampling(seed=2)),
        replace(LINE, straight=True),
        replace(LINE, beyond=True),
        replace(LINE, plus=plus, minus=minus),
        PAD,
        replace(LINE, corners=ENDS[::-1]),
    ):
        assert other.way != LINE.way
    pictured = replace(LINE, corners=tuple(replace(end, sketch=()) for end in ENDS))
    assert pictured.way == LINE.way


def test_half_a_difference_adds_nothing() -> None:
    """A difference needs both drawings and some strength."""
    plus, minus = ENDS[:2]
    assert replace(LINE, plus=plus).manner.difference is None
    whole = replace(LINE, plus=plus, minus=minus, strength=0.5)
    assert whole.manner.difference == Difference(plus.code, minus.code, 0.5)
    assert replace(whole, strength=0.0).manner.difference is None


def test_a_kept_code_of_another_model_is_read_from_its_picture() -> None:
    """Numbers of one encoder mean nothing to another; lines do."""
    line = np.array([[0, 0], [0.5, 0.5]], np.float32)
    kept = NamedCode("whiskers", np.ones(8, np.float32), (line,), "ours")
    assert End.of_kept(kept, "ours").code.code is kept.code
    assert End.of_kept(kept, "theirs").code.ink == (line,)
    assert End.of_kept(kept, "theirs").name == "whiskers"
