"""What is in the hand: the tool, and how it draws."""

from __future__ import annotations

import enum
import re
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from sketchstudio.core.stroke import StrokeStyle

WIDTHS = (0.5, 100.0)
"""Narrowest and widest pen, page px."""

ERASER_WIDTHS = (4.0, 200.0)
"""Narrowest and widest eraser, px on the screen."""


class ToolName(enum.StrEnum):
    """The tools there are."""

    PEN = "pen"
    ERASER = "eraser"
    SELECT = "select"
    HAND = "hand"


class ToolState(QObject):
    """The chosen tool and style.

    Signals:
        tool_changed: Name of the tool now in use.
        style_changed: The ``StrokeStyle`` of new strokes.
        eraser_width_changed: px on the screen.
    """

    tool_changed = Signal(str)
    style_changed = Signal(object)
    eraser_width_changed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = ToolName.PEN
        self._previous = ToolName.PEN
        self._style = StrokeStyle()
        self._eraser_width = 20.0

    @property
    def tool(self) -> ToolName:
        return self._tool

    @property
    def previous_tool(self) -> ToolName:
        """The tool used before, to go back to."""
        return self._previous

    def set_tool(self, name: str) -> None:
        """Take another tool.

        Raises:
            ValueError: There is no tool of that name.
        """
        tool = ToolName(name)
        if tool != self._tool:
            self._previous, self._tool = self._tool, tool
            self.tool_changed.emit(str(tool))

    @property
    def style(self) -> StrokeStyle:
        """How new strokes are drawn."""
        return self._style

    def set_style(self, style: StrokeStyle) -> None:
        if style != self._style:
            self._style = style
            self.style_changed.emit(style)

    def set_color(self, color: str) -> None:
        """Draw in another colour.

        Raises:
            ValueError: It is not ``#rrggbb``.
        """
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
            raise ValueError(f"a colour is written #rrggbb, got {color!r}")
        self.set_style(replace(self._style, color=color.lower()))

    def set_width(self, width: float) -> None:
        """Draw in another width, page px; kept within ``WIDTHS``."""
        self.set_style(replace(self._style, width=min(max(width, WIDTHS[0]), WIDTHS[1])))

    def set_smoothing(self, amount: float) -> None:
        """Smooth new strokes by that much, kept within 0..1."""
        self.set_style(replace(self._style, smoothing=min(max(amount, 0.0), 1.0)))

    def set_pressure(self, on: bool) -> None:
        """Let pressure thin the line, or not."""
        self.set_style(replace(self._style, pressure=on))

    @property
    def eraser_width(self) -> float:
        """Diameter of the eraser, px on the screen."""
        return self._eraser_width

    def set_eraser_width(self, width: float) -> None:
        """Kept within ``ERASER_WIDTHS``."""
        width = min(max(width, ERASER_WIDTHS[0]), ERASER_WIDTHS[1])
        if width != self._eraser_width:
            self._eraser_width = width
            self.eraser_width_changed.emit(width)
