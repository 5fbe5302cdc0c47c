"""What a network is: everything needed to build it and to feed it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Sizes and units of a sketch-pix2seq network.

    Attributes:
        name: Short name, shown in the app and kept with every proposal.
        categories: What it has learnt, in the order of the category head.
        raster: Side of the encoder's picture, px.
        channels: Output channels of the encoder's stride-2 convolutions.
        code: Length of the latent code.
        hidden: LSTM units.
        mixtures: Components of the mixture density.
        offset_std: Standard deviation of the training offsets, box units.
        max_points: No longer sketch was trained on; decoding stops there.
    """

    name: str
    categories: tuple[str, ...]
    raster: int = 64
    channels: tuple[int, ...] = (24, 64, 128, 256)
    code: int = 128
    hidden: int = 512
    mixtures: int = 20
    offset_std: float = 0.12
    max_points: int = 128

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> ModelConfig:
        """The inverse of `to_dict`, also after a passage through JSON.

        Raises:
            TypeError: A field is missing or not known.
        """
        tuples: dict[str, tuple[Any, ...]] = {
            key: tuple(values[key]) for key in ("categories", "channels") if key in values
        }
        return cls(**{**values, **tuples})
