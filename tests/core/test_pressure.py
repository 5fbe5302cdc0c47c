from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.pressure import FIRM, LINEAR, SOFT, PressureCurve

unit = st.floats(0, 1)
curves = st.builds(PressureCurve, unit, unit, unit, unit)


@given(curves, st.lists(unit, min_size=2, max_size=9))
def test_curves_rise_from_nothing_to_all(curve, pressures):
    """Pressing harder never draws thinner, whatever the person makes of the curve."""
    drawn = [curve(pressure) for pressure in sorted(pressures)]
    assert drawn == sorted(drawn)
    assert curve(0.0) == pytest.approx(0, abs=1e-9)
    assert curve(1.0) == pytest.approx(1)


def test_the_straight_curve_changes_nothing():
    """Until the curve is touched, ink has the very pressure of the device."""
    for pressure in np.linspace(0, 1, 11).tolist():
        assert LINEAR(pressure) == pressure


def test_soft_and_firm_bend_to_either_side():
    """Soft draws more than is pressed, firm less."""
    assert SOFT(0.3) > 0.4
    assert FIRM(0.7) < 0.6


def test_handles_outside_are_refused():
    """A curve that turns back would give one pressure two meanings."""
    with pytest.raises(ValueError, match="within 0 to 1"):
        PressureCurve(1.2, 0, 0, 0)
