"""The judge of drawings: a CNN, trained on people's sketches alone, that names their category.

What a model draws counts as recognised when this network, which never saw a model's drawing,
names it as what it should be: *Rec*, for which RPCL-pix2seq (2021) uses a Sketch-a-Net.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors.torch
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from sketchstudio.core.sketch_codec import Box, Coordinates, rasterise
from sketchstudio.formats.safe_write import safe_write

FORMAT = "sketchstudio-recogniser"
Rasters = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class RecogniserConfig:
    """Sizes of the network.

    Attributes:
        categories: Names, in the order of the outputs.
        raster: Side of the picture, px.
        channels: Output channels of the stride-2 convolutions.
        hidden: Units of the layer between convolutions and names.
    """

    categories: tuple[str, ...]
    raster: int = 64
    channels: tuple[int, ...] = (24, 56, 112, 224)
    hidden: int = 256

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> RecogniserConfig:
        """The inverse of ``asdict``, also after a passage through JSON."""
        categories, channels = tuple(values["categories"]), tuple(values["channels"])
        return cls(**{**values, "categories": categories, "channels": channels})


class Recogniser(nn.Module):
    """Four stride-2 convolutions and two linear layers over a 64 px raster."""

    def __init__(self, config: RecogniserConfig, dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        layers: list[nn.Module] = []
        for i, (before, after) in enumerate(pairwise((1, *config.channels))):
            kernel = 5 if i == 0 else 3
            layers += [
                nn.Conv2d(before, after, kernel, stride=2, padding=kernel // 2, bias=False),
                nn.BatchNorm2d(after),
                nn.ReLU(inplace=True),
            ]
        self.convolutions = nn.Sequential(*layers)
        side = -(-config.raster // 2 ** len(config.channels))
        self.names = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(config.channels[-1] * side * side, config.hidden, bias=False),
            nn.BatchNorm1d(config.hidden),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(config.hidden, len(config.categories)),
        )

    def forward(self, rasters: Tensor) -> Tensor:
        """Logits (B, categories) of rasters (B, size, size), float 0 (paper) to 1 (ink)."""
        return self.names[-1](self.features(rasters))  # type: ignore[no-any-return]

    def features(self, rasters: Tensor) -> Tensor:
        """The last hidden layer (B, hidden), in which what looks alike is near."""
        pictures = rasters.unsqueeze(1).contiguous(memory_format=torch.channels_last)
        return self.names[:-1](self.convolutions(pictures).flatten(1))  # type: ignore[no-any-return]

    @torch.no_grad()
    def probabilities(self, rasters: Rasters) -> npt.NDArray[np.float32]:
        """Probability of each category, (N, categories), for rasters (N, size, size)."""
        self.eval()
        parts = [
            torch.softmax(self(torch.from_numpy(rasters[i : i + 256]).float() / 255), dim=1)
            for i in range(0, len(rasters), 256)
        ]
        if not parts:
            return np.empty((0, len(self.config.categories)), dtype=np.float32)
        return torch.cat(parts).numpy()

    def name(self, sketches: Sequence[Sequence[Coordinates]]) -> npt.NDArray[np.int64]:
        """The likeliest category of each sketch, (N,); a sketch without strokes gets -1."""
        probabilities = self.probabilities(draw(sketches, self.config.raster))
        named = np.asarray(probabilities.argmax(axis=1), dtype=np.int64)
        named[[not sketch for sketch in sketches]] = -1
        return named

    def save(self, path: Path, training: dict[str, Any]) -> None:
        """Write the weights in half precision, with the sizes and ``training`` beside them."""
        tensors = {
            key: value.half().contiguous()
            for key, value in self.state_dict().items()
            if not key.endswith("num_batches_tracked")
        }
        metadata = {
            "format": FORMAT,
            "version": "1",
            "config": json.dumps(asdict(self.config)),
            "training": json.dumps(training),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with safe_write(path) as file:
            file.write(safetensors.torch.save(tensors, metadata))

    @classmethod
    def load(cls, path: Path) -> tuple[Recogniser, dict[str, Any]]:
        """Read a recogniser and what its file says of its training.

        Raises:
            OSError: The file cannot be read.
            ValueError: It is no recogniser.
        """
        try:
            with safe_open(path, framework="pt") as file:
                metadata = file.metadata() or {}
                if metadata.get("format") != FORMAT:
                    raise ValueError(f"{path} is no recogniser; train one: trainer recogniser")
                tensors = {key: file.get_tensor(key).float() for key in file.keys()}  # noqa: SIM118
        except SafetensorError as error:
            raise ValueError(f"{path} is no recogniser: {error}") from error
        try:
            recogniser = cls(RecogniserConfig.from_dict(json.loads(metadata["config"])))
            missing, unknown = recogniser.load_state_dict(tensors, strict=False)
            unfit = [key for key in missing if not key.endswith("num_batches_tracked")] + unknown
            if unfit:
                raise ValueError(f"{unfit[0]} is missing or unknown")
            training = json.loads(metadata["training"])
        except Exception as error:  # what others wrote can raise anything
            about = " ".join(str(error).split())
            raise ValueError(f"{path} is no whole recogniser ({about})") from error
        return recogniser.eval(), training


def draw(sketches: Sequence[Sequence[Coordinates]], size: int) -> Rasters:
    """Sketches in any units, boxed and drawn as the recogniser sees them, (N, size, size)."""
    rasters = np.zeros((len(sketches), size, size), dtype=np.uint8)
    for raster, sketch in zip(rasters, sketches, strict=True):
        if sketch:
            box = Box.around(sketch)
            raster[:] = rasterise([box.to_box(points) for points in sketch], size)
    return rasters
