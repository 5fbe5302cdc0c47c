"""Animated SVG: every frame is a group of lines that is shown at its time."""

from __future__ import annotations

from itertools import accumulate
from xml.etree import ElementTree

import numpy as np

from sketchstudio.core.sketch_codec import simplify
from sketchstudio.core.stroke import Points
from sketchstudio.formats.animation import Animation

_SHOWN, _HIDDEN = "inline", "none"

_TOLERANCE = 0.3
"""Px that a line may be off, so that points which nobody would miss are left out."""


def animated_svg(animation: Animation) -> str:
    """The text of the file; a viewer that does not animate shows the first frame."""
    size = str(animation.size)
    root = ElementTree.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        width=size,
        height=size,
        viewBox=f"0 0 {size} {size}",
    )
    if animation.title:
        ElementTree.SubElement(root, "title").text = animation.title
    ElementTree.SubElement(root, "rect", width=size, height=size, fill=animation.paper)
    lines = {
        "fill": "none",
        "stroke": animation.ink,
        "stroke-width": _number(animation.width),
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    drawing = ElementTree.SubElement(root, "g", lines)
    for number, frame in enumerate(animation.pixels()):
        group = ElementTree.SubElement(drawing, "g", display=_HIDDEN if number else _SHOWN)
        ElementTree.SubElement(
            group, "path", d="".join(_path(stroke) for stroke in simplify(frame, _TOLERANCE))
        )
        if len(animation.frames) > 1:
            ElementTree.SubElement(group, "animate", _times(animation, number))
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _times(animation: Animation, number: int) -> dict[str, str]:
    """When a frame is shown and hidden, as changes over one round."""
    order, durations = animation.order, animation.durations
    total = sum(durations)
    starts = [0, *accumulate(durations)]
    changes: list[tuple[int, str]] = []
    for start, frame in zip(starts, order, strict=False):
        word = _SHOWN if frame == number else _HIDDEN
        if not changes or changes[-1][1] != word:
            changes.append((start, word))
    return {
        "attributeName": "display",
        "calcMode": "discrete",
        "values": ";".join(word for _, word in changes),
        "keyTimes": ";".join(_number(start / total, 5) for start, _ in changes),
        "dur": f"{_number(total / 1000, 3)}s",
        "repeatCount": "indefinite",
    }


def _path(stroke: Points) -> str:
    if len(stroke) == 1:
        stroke = np.repeat(stroke, 2, axis=0)  # a line to itself, whose caps are the dot
    pairs = (f"{_number(x)} {_number(y)}" for x, y in stroke.astype(np.float64).tolist())
    return "M" + "L".join(pairs)


def _number(value: float, decimals: int = 1) -> str:
    """Without an exponent, which some readers do not know, and without needless zeros."""
    text = f"{value:.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-0", "0") or "0"
