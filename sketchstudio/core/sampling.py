"""How the decoder draws: plain data that requests, proposals and files share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the decoder draws.

    Attributes:
        temperature: 0.01 (the likeliest line) to 1 (as varied as people). Mixture and pen logits
            are divided by it and sigmas multiplied by its root (Ha and Eck 2017, equation 8).
        seed: Of the random numbers; the same seed draws the same.
    """

    temperature: float = 0.1
    seed: int = 1
