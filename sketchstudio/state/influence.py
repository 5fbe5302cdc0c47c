"""How far a proposal may go from the person's ink: one number for all that decides it."""

from __future__ import annotations

from sketchstudio.system.language import mark

USUAL = 0.4
"""Where temperature is the usual one, and codes are those of the ink."""

FARTHEST = 0.65
"""Of the way to another drawing's code: beyond it little of the ink is left."""

_TIDIEST, _USUAL_TEMPERATURE = 0.025, 0.1
_STEPS = (
    (0.2, mark("Tidies: the likeliest lines for what it sees in your ink")),
    (0.5, mark("Close: what it sees in your ink, drawn with a little life")),
    (0.8, mark("Free: like your ink, with something of other drawings")),
    (1.0, mark("Surprises: part of your ink's idea, part of another drawing's")),
)


def temperature_of(influence: float) -> float:
    """The temperature at a place of the slider, 0 (tidy) to 1 (surprising)."""
    power: float = (_USUAL_TEMPERATURE / _TIDIEST) ** (influence / USUAL)
    return min(1.0, round(_TIDIEST * power, 3))


def reach_of(influence: float) -> float:
    """How much of the way codes go to other drawings', at the same place."""
    return FARTHEST * max(0.0, influence - USUAL) / (1 - USUAL)


def words_for(influence: float) -> str:
    """What it does there, in English."""
    return next(words for end, words in _STEPS if influence <= end)
