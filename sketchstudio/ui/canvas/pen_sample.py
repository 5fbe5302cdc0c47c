"""The one event that tools know."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class PenKind(enum.StrEnum):
    """What touches the canvas."""

    MOUSE = "mouse"
    PEN = "pen"
    ERASER = "eraser"
    """The other end of a pen."""

    TOUCH = "touch"


@dataclass(frozen=True, slots=True)
class PenSample:
    """Where the pen is.

    Attributes:
        x: To the right. Page px for tools, logical screen px as it comes from the device.
        y: Down, likewise.
        pressure: 0..1; for devices that have none, guessed from speed.
        t_ms: Time of the event, ms; only differences mean something.
        kind: What touches the canvas.
        shift: Whether Shift is held: straight lines, adding to a selection.
        ctrl: Whether Ctrl is held: straight at any angle.
        alt: Whether Alt is held: the other way of a tool.
    """

    x: float
    y: float
    pressure: float = 1.0
    t_ms: float = 0.0
    kind: PenKind = PenKind.MOUSE
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
