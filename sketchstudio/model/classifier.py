"""A network that names drawings, finished or not: guessers for the app, a judge for the trainer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from sketchstudio.core.sketch_codec import coarser, join, rasterise_joined
from sketchstudio.core.stroke import Points
from sketchstudio.model.encoder import halving
from sketchstudio.model.point_reader import ROW, PointReader, Rows, padded, point_rows

Rasters = npt.NDArray[np.uint8]
Seen = Rasters | Rows
"""Of pictures, or of points."""

TIMED = 3
"""Pictures of a classifier that also sees when what was drawn."""

_AT_ONCE = 256
_MOST_POINTS = 128
_MOST, _MOST_CONVOLUTIONS = 1024, 8  # a file may not ask for more memory than a machine has


@dataclass(frozen=True, slots=True)
class ClassifierConfig:
    """Sizes of the network.

    Attributes:
        categories: Names, in the order of the outputs.
        raster: Side of a picture, px.
        channels: Output channels of the stride-2 convolutions.
        hidden: Units of the layer between convolutions and names.
        pictures: 1, or `TIMED`; see `pictures`.
        units: Of the LSTM that reads points, each way; 0 reads pictures.

    Raises:
        ValueError: A field is not of its kind or out of bounds.
    """

    categories: tuple[str, ...]
    raster: int = 64
    channels: tuple[int, ...] = (24, 56, 112, 224)
    hidden: int = 256
    pictures: int = 1
    units: int = 0

    def __post_init__(self) -> None:
        names = self.categories
        if not names or len(set(names)) < len(names) or not all(isinstance(n, str) for n in names):
            raise ValueError("categories must be different, and one at least")
        sizes = (self.raster, self.hidden, *self.channels)
        if not all(type(size) is int and 1 <= size <= _MOST for size in sizes):
            raise ValueError(f"raster, hidden and channels must be whole numbers of 1 to {_MOST}")
        if not 1 <= len(self.channels) <= _MOST_CONVOLUTIONS or self.pictures not in (1, TIMED):
            raise ValueError("so many convolutions or pictures are not known")
        if type(self.units) is not int or not 0 <= self.units <= _MOST:
            raise ValueError(f"units must be a whole number of 0 to {_MOST}")

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> ClassifierConfig:
        """The inverse of ``asdict``, also after a passage through JSON."""
        categories, channels = tuple(values["categories"]), tuple(values["channels"])
        return cls(**{**values, "categories": categories, "channels": channels})


class Classifier(nn.Module):
    """Two linear layers over what convolutions see in pictures, or an LSTM reads in points."""

    def __init__(self, config: ClassifierConfig, dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        if config.units:
            self.points = PointReader(config.units)
            width = self.points.width
        else:
            self.convolutions = halving(config.pictures, *config.channels)
            width = config.channels[-1] * (-(-config.raster // 2 ** len(config.channels))) ** 2
        self.names = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(width, config.hidden, bias=False),
            nn.BatchNorm1d(config.hidden),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(config.hidden, len(config.categories)),
        )

    def forward(self, seen: Tensor) -> Tensor:
        """Logits (B, categories) of what `read` gives."""
        return self.names[-1](self.features(seen))  # type: ignore[no-any-return]

    def features(self, seen: Tensor) -> Tensor:
        """The last hidden layer (B, hidden), in which what looks alike is near."""
        if self.config.units:
            read = self.points(seen)
        else:
            rasters = (seen.float() / 255).contiguous(memory_format=torch.channels_last)
            read = self.convolutions(rasters).flatten(1)
        return self.names[:-1](read)  # type: ignore[no-any-return]

    @torch.no_grad()
    def probabilities(self, seen: Seen) -> npt.NDArray[np.float32]:
        """Probability of each category, (N, C), for what `read` gives of N sketches."""
        self.eval()
        parts = [
            torch.softmax(self(torch.from_numpy(seen[i : i + _AT_ONCE])), dim=1)
            for i in range(0, len(seen), _AT_ONCE)
        ]
        if not parts:
            return np.empty((0, len(self.config.categories)), dtype=np.float32)
        return torch.cat(parts).numpy()

    def read(self, sketches: Sequence[Sequence[Points]]) -> Seen:
        """What it sees of sketches in box units.

        Returns:
            Rasters (N, pictures, size, size) uint8, 0 is paper; or rows of points (N, T, ROW)
            float32, zero where a sketch has no more.
        """
        if self.config.units:
            return padded([_rows(sketch) for sketch in sketches])
        size, count = self.config.raster, self.config.pictures
        rasters = np.zeros((len(sketches), count, size, size), dtype=np.uint8)
        for each, sketch in zip(rasters, sketches, strict=True):
            if sketch:
                each[:] = pictures(*join(sketch), size, count)
        return rasters


def _rows(sketch: Sequence[Points]) -> Rows:
    """The last rows of a sketch, of which drawings that are learnt from have no more."""
    if not sketch:
        return np.empty((0, ROW), dtype=np.float32)
    points, lifts = join(coarser(sketch, _MOST_POINTS))
    return point_rows(points[-_MOST_POINTS:], lifts[-_MOST_POINTS:])


def pictures(
    points: Points, lifts: npt.NDArray[np.bool_], size: int, count: int, thickness: int = 1
) -> Rasters:
    """Rasters (count, size, size) of what `join` returns: all ink, or `TIMED` of them.

    The others hold what was drawn in the later half of the points, and with the last stroke: a
    beginning is told by what was drawn first, and by where the pen is now.
    """
    rasters = np.empty((count, size, size), dtype=np.uint8)
    rasters[0] = rasterise_joined(points, lifts, size, thickness)
    if count == TIMED:
        last = np.flatnonzero(lifts[:-1])
        for raster, first in zip(
            rasters[1:], (len(points) // 2, last[-1] + 1 if len(last) else 0), strict=True
        ):
            raster[:] = rasterise_joined(points[first:], lifts[first:], size, thickness)
    return rasters
