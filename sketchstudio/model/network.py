"""sketch-pix2seq whole, as it is trained."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from sketchstudio.model.config import ModelConfig
from sketchstudio.model.decoder import Decoder
from sketchstudio.model.encoder import Encoder, NormalEncoder


class Beginnings(NamedTuple):
    """Which sketches of a batch the encoder saw only the beginning of.

    Attributes:
        begun: (B,) bool.
        told: (B,) bool, of these the ones whose category the decoder may know.
        labels: (B,) int64 categories.
    """

    begun: Tensor
    told: Tensor
    labels: Tensor


class Read(NamedTuple):
    """What the network makes of a batch.

    Attributes:
        parameters: (N, 6M + 3) mixture-density parameters of the real steps.
        codes: (B, code), before noise.
        names: (B, C) logits of the category head, or None.
        log_variance: (B, code) of codes that are distributions, or None.
    """

    parameters: Tensor
    codes: Tensor
    names: Tensor | None
    log_variance: Tensor | None


class SketchPix2Seq(nn.Module):
    """CNN encoder, LSTM decoder with a mixture-density head, and a category head on the code.

    Two things are not in the paper. The category head keeps the code alive from the first step,
    puts the categories apart, and is what names the person's ink. And a circle may be a circle,
    or a face that has just been begun: a row of ``beginning``, added to a code, tells the decoder
    that the ink is a beginning, of anything (row 0) or of category c (row 1 + c). A configuration
    without ``category_head`` has neither.
    """

    category: nn.Linear | None
    beginning: nn.Embedding | None

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = NormalEncoder(config) if config.normal_codes else Encoder(config)
        self.decoder = Decoder(config)
        self.category = self.beginning = None
        if config.category_head:
            self.category = nn.Linear(config.code, len(config.categories))
            # Of zeros at once: torch's own beginning would import half of its compiler.
            marks, size = 1 + len(config.categories), config.code
            self.beginning = nn.Embedding(marks, size, _weight=torch.zeros(marks, size))

    def forward(
        self,
        seen: Tensor,
        inputs: Tensor,
        real: Tensor,
        noise: Tensor | None = None,
        beginnings: Beginnings | None = None,
        shuffle: bool = False,
    ) -> Read:
        """Encode and decode a batch.

        Args:
            seen: What the encoder reads: rasters (B, size, size), float 0 (paper) to 1 (ink), or
                stroke-5 rows (B, T, 5).
            inputs: (B, T, 7), see `Decoder.forward`.
            real: (B, T) bool, False for padding.
            noise: (B, code) added to the codes, in standard deviations of those that are
                distributions.
            beginnings: Which sketches are not whole.
            shuffle: Give every sketch its neighbour's code.
        """
        log_variance = None
        if isinstance(self.encoder, NormalEncoder):
            mean, log_variance = self.encoder.distribution(seen)
        else:
            mean = self.encoder(seen)
        names = self.category(mean) if self.category is not None else None
        codes = mean
        if noise is not None:
            spread = 1 if log_variance is None else torch.exp(log_variance / 2)
            codes = codes + noise * spread
        if shuffle:
            codes = codes.roll(1, 0)
        if beginnings is not None and self.beginning is not None:
            marks = self.beginning((1 + beginnings.labels) * beginnings.told)
            codes = codes + marks * beginnings.begun.unsqueeze(1)
        return Read(self.decoder(inputs, codes, real), mean, names, log_variance)
