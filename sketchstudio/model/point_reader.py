"""A drawing as an LSTM reads it, point by point: what was drawn first, and what after it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from sketchstudio.core.stroke import Points
from sketchstudio.model.encoder import BothWays

Rows = npt.NDArray[np.float32]

ROW = 7
_OFFSET, _PLACE = 5.0, 2.0  # what brings offsets and places to about 1
_FRONT, _KERNEL = 48, 5


def point_rows(points: Points, lifts: npt.NDArray[np.bool_]) -> Rows:
    """Rows (N, ROW) of the points of a sketch in its own box, as `join` returns them.

    Each holds the offset from the point before, the place, whether a stroke begins and whether
    one ends there, and a 1, which tells a point from padding.
    """
    rows = np.ones((len(points), ROW), dtype=np.float32)
    rows[:, :2] = _OFFSET * np.diff(points, axis=0, prepend=points[:1])
    rows[:, 2:4] = _PLACE * points
    rows[:, 4], rows[:, 5] = np.roll(lifts, 1), lifts
    rows[0, 4] = rows[-1, 5] = 1
    return rows


def padded(sketches: Sequence[Rows]) -> Rows:
    """Rows of several sketches, (B, T, ROW), with zeros after those of the shorter ones."""
    longest = max((len(rows) for rows in sketches), default=0)
    seen = np.zeros((len(sketches), max(1, longest), ROW), dtype=np.float32)
    for each, rows in zip(seen, sketches, strict=True):
        each[: len(rows)] = rows
    return seen


class PointReader(BothWays):
    """A convolution over neighbouring points, then `BothWays`: their last and highest states."""

    def __init__(self, units: int) -> None:
        super().__init__(_FRONT, units)
        self.neighbours = nn.Conv1d(ROW, _FRONT, _KERNEL, padding=_KERNEL // 2)
        self.width = 4 * units

    def forward(self, rows: Tensor) -> Tensor:
        """Features (B, width) of rows (B, T, ROW); padding rows are all zero."""
        real = rows[..., -1:]
        last = (real.sum(dim=(1, 2)).long() - 1).clamp(min=0)
        fed = torch.relu(self.neighbours(rows.transpose(1, 2)).transpose(1, 2)) * real
        each = torch.arange(len(rows), device=rows.device)
        features = []
        for states in self.states(fed, last):
            features += [states[each, last], (states + 9 * (real - 1)).amax(dim=1)]
        return torch.cat(features, dim=1)
