"""Latent code to mixture-density parameters, for whole sketches at once (training).

`sampling` draws with the same weights, a point at a time.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from sketchstudio.model.config import ModelConfig


class Decoder(nn.Module):
    """An LSTM fed ``[previous stroke-5; pen position; code]``, its first state from the code.

    The position is our addition to the paper's input: offsets alone drift, and a pen that knows
    where it is closes its outlines. The paper's own variants go without.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.state = nn.Linear(config.code, 2 * config.hidden)
        self.step_inputs = config.step_inputs
        self.lstm = nn.LSTM(config.step_inputs + config.code, config.hidden, batch_first=True)
        self.output = nn.Linear(config.hidden, 6 * config.mixtures + 3)
        with torch.no_grad():  # the forget gate starts open
            self.lstm.get_parameter("bias_ih_l0")[config.hidden : 2 * config.hidden] = 1

    def initial_state(self, codes: Tensor) -> tuple[Tensor, Tensor]:
        """States h and c, (1, B, hidden) each, from codes (B, code)."""
        h, c = torch.tanh(self.state(codes)).unsqueeze(0).chunk(2, dim=-1)
        return h.contiguous(), c.contiguous()

    def forward(self, inputs: Tensor, codes: Tensor, real: Tensor) -> Tensor:
        """Mixture-density parameters of each real step.

        Args:
            inputs: (B, T, 7) previous stroke-5 rows, and pen positions in box units.
            codes: (B, code).
            real: (B, T) bool, False for padding.

        Returns:
            (N, 6 * mixtures + 3), N real steps in row order.
        """
        spread = codes.unsqueeze(1).expand(-1, inputs.shape[1], -1)
        fed = torch.cat([inputs[..., : self.step_inputs], spread], dim=-1)
        states, _ = self.lstm(fed, self.initial_state(codes))
        return self.output(states[real])  # type: ignore[no-any-return]
