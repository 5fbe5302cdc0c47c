"""How the decoder draws, and what it drew: plain data that all layers share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import Coordinates


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the decoder draws.

    Attributes:
        temperature: 0.01 (the likeliest line) to 1 (as varied as people). Mixture logits are
            divided by it and sigmas multiplied by its root (Ha and Eck 2017, equation 8); pen
            logits are divided by its root, since a pen that only does the likeliest never ends
            what could as well go on.
        seed: Of the random numbers; the same seed draws the same.
    """

    temperature: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A sketch the model drew.

    Attributes:
        strokes: (N, 2) each, in the units of the ink it was asked about, else in box units. Of a
            completion only what was added.
        seed: Draws the same again.
        finished: The model ended the sketch itself.
        category: What it was told to become; None left it to the model.
        code: (code,) that it was drawn from.
    """

    strokes: tuple[Coordinates, ...]
    seed: int
    finished: bool
    category: str | None = None
    code: npt.NDArray[np.float32] | None = None
