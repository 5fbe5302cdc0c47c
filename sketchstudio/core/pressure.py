"""How hard a pen presses, from what the device reports to what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

_NODES = 257


@dataclass(frozen=True)
class PressureCurve:
    """A cubic Bézier curve from (0, 0) to (1, 1): a light hand or a hard pen is met half-way.

    Attributes:
        x1: Of the first handle, 0..1: the device's pressure.
        y1: Of the first handle, 0..1: the pressure drawn.
        x2: Of the second handle, likewise.
        y2: Of the second handle, likewise.

    Raises:
        ValueError: A handle lies outside.
    """

    x1: float = 1 / 3
    y1: float = 1 / 3
    x2: float = 2 / 3
    y2: float = 2 / 3

    def __post_init__(self) -> None:
        if not all(0 <= value <= 1 for value in self.handles):
            raise ValueError(f"handles lie within 0 to 1, got {self.handles}")

    @property
    def handles(self) -> tuple[float, float, float, float]:
        return self.x1, self.y1, self.x2, self.y2

    def __call__(self, pressure: float) -> float:
        """The pressure to draw, 0..1, for one that the device reports, 0..1."""
        if self == LINEAR:
            return pressure
        xs, ys = self.line
        return float(np.interp(pressure, xs, ys))

    @cached_property
    def line(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Points on the curve: (N,) reported and (N,) drawn, both rising."""
        t = np.linspace(0.0, 1.0, _NODES)
        first, second, third = 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        return (
            first * self.x1 + second * self.x2 + third,
            first * self.y1 + second * self.y2 + third,
        )


LINEAR = PressureCurve()
SOFT = PressureCurve(0.1, 0.45, 0.55, 0.95)
"""For a light hand: little pressure already draws a full line."""

FIRM = PressureCurve(0.45, 0.1, 0.95, 0.55)
"""For a heavy hand: a full line takes full pressure."""
