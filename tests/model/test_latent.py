"""Blends: they start and end at their ends and stay among the codes the decoder knows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sketchstudio.model.latent import slerp, unit_rms

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
