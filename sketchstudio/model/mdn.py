"""The mixture density: bivariate normals for the offset, three pen states."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

LOG_SIGMA_FLOOR = math.log(5e-3)
"""Below this a component would buy likelihood with a spike and the loss could overflow."""

LOG_SIGMA_CEILING = 4.0
RHO_LIMIT = 0.98


def offset_nll(parameters: Tensor, targets: Tensor) -> Tensor:
    """Negative log-likelihood of each offset (Ha and Eck 2017, equations 3 to 9).

    Log-sum-exp over the components, so that nothing underflows; float32 whatever came in.

    Args:
        parameters: (N, 6M + 3): M each of log weights, mean x, mean y, log sigma x,
            log sigma y and arctanh rho, then three pen logits.
        targets: (N, 2) offsets.

    Returns:
        (N,) nats.
    """
    mixture = parameters[:, :-3].float()
    log_pi, mean_x, mean_y, log_sx, log_sy, rho = mixture.chunk(6, dim=-1)  # (N, M) each
    log_sx = log_sx.clamp(LOG_SIGMA_FLOOR, LOG_SIGMA_CEILING)
    log_sy = log_sy.clamp(LOG_SIGMA_FLOOR, LOG_SIGMA_CEILING)
    rho = torch.tanh(rho) * RHO_LIMIT
    x = (targets[:, :1].float() - mean_x) * torch.exp(-log_sx)
    y = (targets[:, 1:].float() - mean_y) * torch.exp(-log_sy)
    uncorrelated = 1 - rho * rho
    exponent = (x * x + y * y - 2 * rho * x * y) / (2 * uncorrelated)
    log_density = (
        -exponent - log_sx - log_sy - 0.5 * torch.log(uncorrelated) - math.log(2 * math.pi)
    )
    return -torch.logsumexp(torch.log_softmax(log_pi, dim=-1) + log_density, dim=-1)


def pen_nll(parameters: Tensor, pen: Tensor) -> Tensor:
    """Negative log-likelihood of each pen state; pen (N,) int64 of 0 down, 1 up, 2 end."""
    return cross_entropy(parameters[:, -3:].float(), pen, reduction="none")
