"""What made the model's ink: enough to make it again, and small enough to keep with the ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_HALF = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a model stroke.

    Attributes:
        model: Name of the weights.
        action: ``complete``, ``redraw``, ``replace``, ``blend`` or ``map``.
        seed: Of the sketch the stroke is part of.
        temperature: As in `core.sampling.Sampling`.
        categories: What was asked for, or the ends of a blend.
        position: Where between its ends a blend lies: one number, or two on a pad.
        code: The latent code it was drawn from, as `packed_code` makes it; empty where it is
            not known.
        unknown: As in `Stroke`.
    """

    model: str
    action: str
    seed: int
    temperature: float
    categories: tuple[str, ...] = ()
    position: tuple[float, ...] = ()
    code: bytes = b""
    unknown: str = ""


def packed_code(code: npt.ArrayLike | None) -> bytes:
    """A latent code (code,) as little-endian float16; nothing of None, or of one that is no code.

    Half precision is ample: a code's numbers are near 1, and the model's own spread is far wider.
    """
    if code is None:
        return b""
    with np.errstate(over="ignore", invalid="ignore"):
        half = np.asarray(code, dtype=_HALF)
    # A file with a number that is not finite would not open again.
    return half.tobytes() if np.isfinite(half).all() else b""


def unpacked_code(packed: bytes) -> npt.NDArray[np.float32] | None:
    """The code (code,) float32 of `packed_code`; None of nothing."""
    return np.frombuffer(packed, dtype=_HALF).astype(np.float32) if packed else None
