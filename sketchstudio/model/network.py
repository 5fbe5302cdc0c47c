"""sketch-pix2seq whole, as it is trained."""

from __future__ import annotations

from torch import Tensor, nn

from sketchstudio.model.config import ModelConfig
from sketchstudio.model.decoder import Decoder
from sketchstudio.model.encoder import Encoder


class SketchPix2Seq(nn.Module):
    """CNN encoder, LSTM decoder with a mixture-density head, and a category head on the code.

    Two things are not in the paper. The category head keeps the code alive from the first step,
    puts the categories apart, and is what names the person's ink. And a circle may be a circle,
    or a face that has just been begun: a row of ``beginning``, added to a code, tells the decoder
    that the ink is a beginning, of anything (row 0) or of category c (row 1 + c).
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.category = nn.Linear(config.code, len(config.categories))
        self.beginning = nn.Embedding(1 + len(config.categories), config.code)
        nn.init.zeros_(self.beginning.weight)

    def forward(self, rasters: Tensor, inputs: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """Mixture-density parameters (N, 6M + 3) and codes (B, code), for tests and tracing."""
        codes = self.encoder(rasters)
        return self.decoder(inputs, codes, real), codes
