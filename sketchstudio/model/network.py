"""sketch-pix2seq whole, as it is trained."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from sketchstudio.model.config import ModelConfig
from sketchstudio.model.decoder import Decoder
from sketchstudio.model.encoder import Encoder


class SketchPix2Seq(nn.Module):
    """CNN encoder, LSTM decoder with a mixture-density head, and a category head on the code.

    Two things are not in the paper. The category head keeps the code alive from the first step,
    puts the categories apart, and is what names the person's ink. And a circle may be a circle,
    or a face that has just been begun: ``beginning``, added to a code, says which of the two the
    decoder is asked for.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.category = nn.Linear(config.code, len(config.categories))
        self.beginning = nn.Parameter(torch.zeros(config.code))

    def forward(self, rasters: Tensor, inputs: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """Mixture-density parameters (N, 6M + 3) and codes (B, code), for tests and tracing."""
        codes = self.encoder(rasters)
        return self.decoder(inputs, codes, real), codes
