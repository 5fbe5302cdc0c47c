"""A sketch to its latent code: three ways to read it."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, pad

from sketchstudio.model.config import PEN_STATE, ModelConfig


class Encoder(nn.Module):
    """A CNN that reads a sketch's raster into its latent code.

    The paper's encoder has no normalisation and eight channels, and on small data its code can
    die (all drawings get the same one). Batch normalisation and width prevent that. Codes have
    a root mean square of 1: without a KL term nothing else bounds them, and on a sphere a blend
    never leaves the region that the decoder knows.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.convolutions = halving(1, *config.channels)
        side = math.ceil(config.raster / 2 ** len(config.channels))
        self.code = nn.Linear(config.channels[-1] * side * side, config.code)

    def forward(self, rasters: Tensor) -> Tensor:
        """Codes (B, code) of rasters (B, size, size), float 0 (paper) to 1 (ink)."""
        pictures = rasters.unsqueeze(1).contiguous(memory_format=torch.channels_last)
        features = self.convolutions(pictures)  # (B, C, side, side)
        return unit_rms(self.code(features.flatten(1)))


class NormalEncoder(nn.Module):
    """An encoder whose codes are normal distributions, as in sketch-rnn (Ha and Eck 2017).

    Training draws from them, with a KL term or without; in use a sketch's code is the mean.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.reader = StrokeReader(config) if config.reads_strokes else SmallCNN(config)
        self.mean = nn.Linear(self.reader.width, config.code)
        self.presigma = nn.Linear(self.reader.width, config.code)
        for head in (self.mean, self.presigma):  # so the first codes are all drawn from N(0, 1)
            nn.init.normal_(head.weight, std=0.001)
            nn.init.zeros_(head.bias)

    def forward(self, seen: Tensor) -> Tensor:
        """Mean codes (B, code) of what the reader reads."""
        return self.mean(self.reader(seen))  # type: ignore[no-any-return]

    def distribution(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance, (B, code) each."""
        features = self.reader(seen)
        return self.mean(features), self.presigma(features)


class SmallCNN(nn.Module):
    """The paper's CNN: grey 0 to 255, a fixed high-pass, 2×2 kernels, strides 2 and 1 in turn.

    Convolutions pad right and below, where a picture has no pixel left for the kernel.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.convolutions = nn.ModuleList(
            nn.Conv2d(before, after, 2, stride=2 - i % 2, bias=False)
            for i, (before, after) in enumerate(pairwise((1, *config.channels)))
        )
        side = config.raster
        for _ in range(0, len(config.channels), 2):
            side = math.ceil(side / 2)
        self.width = config.channels[-1] * side * side

    def forward(self, rasters: Tensor) -> Tensor:
        """Features (B, width) of rasters (B, size, size), float 0 (paper) to 1 (ink)."""
        grey = 255 * (1 - rasters.unsqueeze(1))
        features = 9 * (grey - avg_pool2d(grey, 3, stride=1, padding=1))  # 8 times less all round
        for i, convolution in enumerate(self.convolutions):
            stride, side = 2 - i % 2, features.shape[-1]
            missing = side % 2 if stride == 2 else 1
            features = convolution(pad(features, (0, missing, 0, missing)))
            last = i == len(self.convolutions) - 1
            features = torch.tanh(features) if last else torch.relu(features)
        return features.flatten(1)


class BothWays(nn.Module):
    """An LSTM over rows, and one over them reversed.

    Two LSTMs over padded rows are what a bidirectional one over packed rows is, in half the time
    on a CPU, which has fast products for the former alone.
    """

    def __init__(self, inputs: int, units: int) -> None:
        super().__init__()
        self.onwards = nn.LSTM(inputs, units, batch_first=True)
        self.backwards = nn.LSTM(inputs, units, batch_first=True)
        with torch.no_grad():  # the forget gates start open
            for lstm in (self.onwards, self.backwards):
                lstm.get_parameter("bias_ih_l0")[units : 2 * units] = 1

    def states(self, rows: Tensor, last: Tensor) -> list[Tensor]:
        """States (B, T, units) of each way over rows (B, T, inputs).

        The last real row of each, (B,), is also that of its states; what follows is of padding.
        """
        steps = torch.arange(rows.shape[1], device=rows.device)
        mirrored = (last[:, None] - steps).clamp(min=0)  # past the end anything will do
        reverse = rows.gather(1, mirrored[..., None].expand_as(rows))
        return [self.onwards(rows)[0], self.backwards(reverse)[0]]


class StrokeReader(BothWays):
    """sketch-rnn's encoder: an LSTM over the strokes and one over them reversed."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(PEN_STATE, config.encoder_hidden)
        self.width = 2 * config.encoder_hidden

    def forward(self, strokes: Tensor) -> Tensor:
        """Features (B, width) of stroke-5 rows (B, T, 5); padding rows are all zero."""
        lengths = strokes[..., 2:].sum(dim=(1, 2)).long()  # a real row has one pen state
        last = torch.clamp(lengths - 1, min=0)
        rows = torch.arange(len(strokes), device=strokes.device)
        return torch.cat([states[rows, last] for states in self.states(strokes, last)], dim=1)


def halving(*channels: int) -> nn.Sequential:
    """Convolutions from each number of channels to the next, which halve a picture's sides."""
    layers: list[nn.Module] = []
    for i, (before, after) in enumerate(pairwise(channels)):
        kernel = 5 if i == 0 else 3
        layers += [
            nn.Conv2d(before, after, kernel, stride=2, padding=kernel // 2, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(inplace=True),
        ]
    return nn.Sequential(*layers)


def unit_rms(codes: Tensor) -> Tensor:
    """Codes (..., code) scaled to a root mean square of 1."""
    return nn.functional.normalize(codes, dim=-1) * math.sqrt(codes.shape[-1])
