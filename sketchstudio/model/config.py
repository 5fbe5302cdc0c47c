"""What a network is: everything needed to build it and to feed it."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

_MOST = {
    "raster": 1024,
    "code": 4096,
    "hidden": 8192,
    "encoder_hidden": 4096,
    "mixtures": 256,
    "max_points": 4096,
}
"""Far beyond any use: a weights file may not ask for more memory than a machine has."""

_MOST_CHANNELS = 4096
_MOST_CONVOLUTIONS = 8

_ENCODERS = ("cnn", "small-cnn", "lstm")

PEN_STATE = 5
"""Length of a stroke-5 row."""

POSITION = 2
"""Numbers that say where the pen is."""


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Sizes, units and parts of a sketch-pix2seq network, or of one it was compared with.

    Attributes:
        name: Short name, shown in the app and kept with every proposal.
        categories: What it has learnt, in the order of the category head.
        raster: Side of the encoder's picture, px.
        channels: Output channels of the encoder's convolutions.
        code: Length of the latent code.
        hidden: LSTM units.
        mixtures: Components of the mixture density.
        offset_std: Standard deviation of the training offsets, box units.
        max_points: No longer sketch was trained on; decoding stops there.
        encoder: What reads a sketch: ``cnn`` is ours; ``small-cnn`` is the paper's, ``lstm``
            sketch-rnn's, which reads strokes. See `encoder`.
        encoder_hidden: LSTM units of the ``lstm`` encoder, each way.
        position: The decoder is fed where the pen is, beside the previous stroke-5 row.
        category_head: There is a head that names codes, and marks for beginnings; see
            `network.SketchPix2Seq`.

    Raises:
        ValueError: A field is not of its kind or out of bounds; the message names it.
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
    encoder: str = "cnn"
    encoder_hidden: int = 256
    position: bool = True
    category_head: bool = True

    def __post_init__(self) -> None:
        for key in ("categories", "channels"):
            if not isinstance(getattr(self, key), tuple):
                raise ValueError(f"{key} must be a list")
        names = [self.name, *self.categories]
        if not all(isinstance(name, str) and name for name in names):
            raise ValueError("the model and its categories must have names")
        if not self.categories or len(set(self.categories)) < len(self.categories):
            raise ValueError("categories must be different, and one at least")
        for key, most in _MOST.items():
            _check_whole(key, getattr(self, key), most)
        if not 1 <= len(self.channels) <= _MOST_CONVOLUTIONS:
            raise ValueError(f"channels must be 1 to {_MOST_CONVOLUTIONS} numbers")
        for channels in self.channels:
            _check_whole("channels", channels, _MOST_CHANNELS)
        if not isinstance(self.offset_std, float | int) or not 0 < self.offset_std < math.inf:
            raise ValueError(f"offset_std must be a number over 0, not {self.offset_std!r:.40}")
        if self.encoder not in _ENCODERS:
            raise ValueError(f"encoder must be one of {', '.join(_ENCODERS)}")
        for key in ("position", "category_head"):
            if type(getattr(self, key)) is not bool:
                raise ValueError(f"{key} must be true or false")

    @property
    def step_inputs(self) -> int:
        """Numbers the decoder is fed a step, beside the code."""
        return PEN_STATE + POSITION if self.position else PEN_STATE

    @property
    def reads_strokes(self) -> bool:
        """The encoder reads stroke-5 rows, not a picture."""
        return self.encoder == "lstm"

    @property
    def normal_codes(self) -> bool:
        """Codes are means of normal distributions, of any size; else they lie on a sphere."""
        return self.encoder != "cnn"

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> ModelConfig:
        """The inverse of `to_dict`, also after a passage through JSON.

        Raises:
            TypeError: A field is missing or not known.
            ValueError: A field is not of its kind or out of bounds.
        """
        values = dict(values)
        for key in ("categories", "channels"):
            if isinstance(values.get(key), list):
                values[key] = tuple(values[key])
        return cls(**values)


def _check_whole(key: str, value: object, most: int) -> None:
    if type(value) is not int or not 1 <= value <= most:
        raise ValueError(f"{key} must be a whole number from 1 to {most}, not {value!r:.40}")
