"""The influence slider: one way up, from the ink's own code to others'."""

from __future__ import annotations

import numpy as np

from sketchstudio.state.influence import FARTHEST, USUAL, reach_of, temperature_of, words_for


def test_it_goes_one_way() -> None:
    """Farther along the slider is never tidier."""
    places = np.linspace(0, 1, 101)
    temperatures = [temperature_of(place) for place in places]
    reaches = [reach_of(place) for place in places]
    assert temperatures == sorted(temperatures)
    assert reaches == sorted(reaches)
    assert (temperatures[0], temperature_of(USUAL)) == (0.025, 0.1)
    assert temperatures[-1] <= 1
    assert (reach_of(USUAL), reach_of(1)) == (0, FARTHEST)


def test_it_says_what_it_does_everywhere() -> None:
    """Four kinds of words, each for a part of the slider."""
    words = [words_for(place) for place in np.linspace(0, 1, 101).tolist()]
    assert len(dict.fromkeys(words)) == 4
    assert words[0].startswith("Tidies")
    assert words[-1].startswith("Surprises")
