"""The strip's places: what is pinned keeps its place, and what is shown never jumps."""

from __future__ import annotations

from sketchstudio.core.sampling import Drawn
from sketchstudio.state.choices import Choices

ONES = [Drawn((), seed, True) for seed in range(12)]
NINE = Choices().emptied(9).filled(ONES[:9])


def test_places_are_filled_in_the_order_they_are_drawn() -> None:
    """The first is shown as soon as it is there, and stays shown when the others are."""
    begun = Choices().emptied(9).filled(ONES[:1])
    assert (begun.current, begun.there, begun.free) == (ONES[0], (ONES[0],), 8)
    whole = begun.stepped(1).filled(ONES[:9])
    assert whole.there == tuple(ONES[:9])
    assert whole.current is ONES[0]


def test_pinned_ones_keep_their_places() -> None:
    """The others are drawn anew round them, and the first new one is shown."""
    pinned = NINE.with_pin(ONES[3], True).with_pin(ONES[7], True)
    again = pinned.emptied(9)
    assert [i for i, one in enumerate(again.places) if one] == [3, 7]
    assert (again.free, again.current) == (7, None)
    filled = again.filled([ONES[9]])
    assert filled.places[0] is ONES[9]
    assert filled.current is ONES[9]
    assert filled.with_pin(ONES[3], False).emptied(9).free == 8


def test_the_one_to_keep_stays_where_it_is_and_is_shown() -> None:
    """More like it come round it; it is not pinned by that."""
    kept = NINE.at(4).emptied(9, keep=ONES[4])
    assert (kept.chosen, kept.current, kept.free) == (4, ONES[4], 8)
    filled = kept.filled(ONES[9:12])
    assert filled.current is ONES[4]
    assert ONES[4] not in filled.pinned


def test_places_that_are_empty_are_stepped_over() -> None:
    """Only what is drawn can be shown."""
    some = Choices((ONES[0], None, ONES[2], None), 0)
    assert some.stepped(1).chosen == 2
    assert some.stepped(2).chosen == 0
    assert some.stepped(-1).chosen == 2
    assert some.at(1) is some
    assert some.at(9) is some
    assert Choices().emptied(9).stepped(1).chosen is None
