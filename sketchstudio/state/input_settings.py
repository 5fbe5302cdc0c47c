"""What pens, mice and fingers mean: one value that tools and settings share."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from sketchstudio.core.pressure import LINEAR, PressureCurve


class Barrel(enum.StrEnum):
    """What a pen does while its side button is held."""

    NOTHING = "nothing"
    ERASE = "erase"
    PAN = "pan"
    SELECT = "select"
    PICK = "pick"


class Touch(enum.StrEnum):
    """What one finger does."""

    AUTO = "auto"
    """Draws until a pen is seen, and moves the page from then on."""

    DRAW = "draw"
    PAN = "pan"


@dataclass(frozen=True, slots=True)
class InputSettings:
    """How input is taken.

    Attributes:
        curve: From the pen's pressure to the one drawn.
        simulate_pressure: Whether a mouse or finger draws thinner the quicker it moves.
        barrel: What the pen's side button does.
        touch: What one finger does; two always pan and zoom.
        shape_assist: Whether a stroke held at its end becomes the shape it was meant to be.
    """

    curve: PressureCurve = LINEAR
    simulate_pressure: bool = True
    barrel: Barrel = Barrel.ERASE
    touch: Touch = Touch.AUTO
    shape_assist: bool = True
