"""The loss: a true density, and finite whatever the network says."""

from __future__ import annotations

import numpy as np
import torch

from sketchstudio.model.mdn import RHO_LIMIT, offset_nll, pen_nll


def test_density_integrates_to_one() -> None:
    """Likelihoods are of a density: over the plane they sum to 1."""
    torch.manual_seed(0)
    parameters = torch.randn(1, 6 * 4 + 3) * 0.5
    axis = torch.linspace(-12, 12, 481)
    grid = torch.stack(torch.meshgrid(axis, axis, indexing="ij"), dim=-1).reshape(-1, 2)
    density = torch.exp(-offset_nll(parameters.expand(len(grid), -1), grid))
    assert abs(float(density.sum()) * (24 / 480) ** 2 - 1) < 1e-3


def test_one_component_is_the_bivariate_normal() -> None:
    """Equation 24 of Graves 2013, by torch's own distribution."""
    raw = torch.tensor([[0.3, 0.5, -0.2, 0.1, -0.4, 0.7, 0, 0, 0]])
    rho = float(torch.tanh(torch.tensor(0.7))) * RHO_LIMIT
    sx, sy = float(np.exp(0.1)), float(np.exp(-0.4))
    normal = torch.distributions.MultivariateNormal(
        torch.tensor([0.5, -0.2]),
        torch.tensor([[sx * sx, rho * sx * sy], [rho * sx * sy, sy * sy]]),
    )
    target = torch.tensor([[1.0, 0.25]])
    assert torch.allclose(offset_nll(raw, target), -normal.log_prob(target), atol=1e-5)


def test_loss_and_gradient_stay_finite() -> None:
    """No NaN from spikes, far targets or huge outputs, in either direction."""
    for scale in (1e-3, 1, 30, 1e4):
        parameters = (torch.randn(64, 6 * 5 + 3) * scale).requires_grad_()
        targets = torch.randn(64, 2) * scale
        pen = torch.randint(0, 3, (64,))
        loss = offset_nll(parameters, targets).mean() + pen_nll(parameters, pen).mean()
        loss.backward()
        assert torch.isfinite(loss)
        assert parameters.grad is not None
        assert torch.isfinite(parameters.grad).all()
