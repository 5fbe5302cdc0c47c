"""Blends: they start and end at their ends and stay among the codes the decoder knows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sketchstudio.model.latent import discriminant, slerp, unit_rms

codes = arrays(np.float32, 16, elements=st.floats(-4, 4, width=32)).filter(
    lambda code: float(np.abs(code).max()) > 0.1
)


@given(codes, codes, st.floats(0, 1))
def test_slerp_stays_on_the_sphere_between_its_ends(
    a: np.ndarray, b: np.ndarray, position: float
) -> None:
    """A blend has the size of a code, except between opposite ends."""
    a, b = unit_rms(a), unit_rms(b)
    start, middle, end = slerp(a, b, [0, position, 1])
    np.testing.assert_allclose(start, a, atol=1e-3)
    np.testing.assert_allclose(end, b, atol=1e-3)
    if float(a @ b) / 16 > -0.99:
        np.testing.assert_allclose(np.sqrt(np.mean(middle**2)), 1, atol=1e-2)


def test_slerp_of_one_code_is_that_code() -> None:
    """Blending a thing with itself changes nothing."""
    code = unit_rms(np.arange(1, 9))
    np.testing.assert_allclose(slerp(code, code, [0.3])[0], code, atol=1e-6)


def test_names_are_as_sure_as_they_are_right() -> None:
    """Where the codes to name lie farther apart than those that the names come from."""
    rng = np.random.default_rng(0)
    means = rng.normal(0, 1, (6, 8))
    typical = means[:, None] + rng.normal(0, 0.5, (6, 200, 8))
    codes = (means[:, None] + rng.normal(0, 1.5, (6, 500, 8))).reshape(-1, 8)

    def named(wider: float) -> tuple[float, float]:
        weights, biases = discriminant(list(typical.astype(np.float32)), wider)
        logits = codes @ weights.T + biases
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        right = shares.argmax(axis=1) == np.repeat(np.arange(6), 500)
        return float(right.mean()), float(shares.max(axis=1).mean())

    right, sure = named(9.0)
    assert sure == pytest.approx(right, abs=0.03)
    as_right, far_too_sure = named(1.0)
    assert as_right == right
    assert far_too_sure > right + 0.15
