"""Strokes as the path data of SVG: every point, or a few curves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sketchstudio.core.fitting import fitted, is_straight
from sketchstudio.core.outline import centre_line, stroke_outline
from sketchstudio.core.stroke import Stroke

Line = npt.NDArray[np.floating]
"""(N, 2), page px."""


def line_data(stroke: Stroke, tolerance: float = 0.0, decimals: int = 2) -> str:
    """The centre line of a stroke; a dot is a line to itself, whose caps are the dot.

    Args:
        stroke: Any stroke.
        tolerance: How far curves may be from the line, page px; 0 writes every point.
        decimals: Of coordinates.
    """
    line = centre_line(stroke)
    return _data(np.repeat(line, 2, axis=0) if len(line) == 1 else line, tolerance, decimals)


def outline_data(stroke: Stroke, tolerance: float = 0.0, decimals: int = 2) -> str:
    """What a stroke covers, to be filled with the nonzero rule; arguments as `line_data`."""
    outline = stroke_outline(stroke)
    if tolerance > 0:
        outline = np.concatenate([outline, outline[:1]])
    return _data(outline, tolerance, decimals) + "Z"


def number(value: float, decimals: int = 2) -> str:
    """As few digits as say it, and never an exponent, which some readers do not know."""
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _data(line: Line, tolerance: float, decimals: int) -> str:
    pair = _pair(decimals)
    if tolerance <= 0:
        rounded = np.round(line.astype(np.float64), decimals) + 0.0  # + 0.0 makes -0 a 0
        return "M" + "L".join(map(pair, rounded.tolist()))
    curves = fitted(line, tolerance)
    parts = ["M", pair(curves[0][0].tolist())]
    for curve in curves:
        _, first, second, end = curve.tolist()
        if is_straight(curve):
            parts += ["L", pair(end)]
        else:
            parts += ["C", " ".join(map(pair, (first, second, end)))]
    return "".join(parts)


def _pair(decimals: int) -> Callable[[list[float]], str]:
    return lambda point: f"{number(point[0], decimals)},{number(point[1], decimals)}"
