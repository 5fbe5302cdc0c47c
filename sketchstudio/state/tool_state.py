"""What is in the hand: the tool, and how it draws."""

from __future__ import annotations

import enum
import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.state.input_settings import InputSettings

WIDTHS = (0.5, 100.0)
"""Narrowest and widest pen, page px."""

ERASER_WIDTHS = (4.0, 200.0)
"""Narrowest and widest eraser, px on the screen."""

RECENT = 6
"""How many colours used last are remembered."""


class ToolName(enum.StrEnum):
    """The tools there are."""

    PEN = "pen"
    HIGHLIGHTER = "highlighter"
    ERASER = "eraser"
    PICKER = "picker"
    SELECT = "select"
    LASSO = "lasso"
    HAND = "hand"
    ZOOM = "zoom"
    PICTURE = "picture"


SELECTING = (ToolName.SELECT, ToolName.LASSO)
"""Tools in whose hands colour, width and smoothing go to the selected strokes, too."""

_RETURNING = (
    *(ToolName.ERASER, ToolName.HAND, ToolName.ZOOM, ToolName.PICKER),
    ToolName.PICTURE,
)
"""Tools that are put away when they are chosen a second time."""


class ToolState(QObject):
    """The chosen tool and style.

    Signals:
        tool_changed: Name of the tool now in use.
        style_changed: The ``StrokeStyle`` of new strokes.
        eraser_changed: The eraser's width or way.
        recent_changed: ``recent_colors`` are others.
        input_changed: ``input`` is another.
    """

    tool_changed = Signal(str)
    style_changed = Signal(object)
    eraser_changed = Signal()
    recent_changed = Signal()
    input_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = [ToolName.PEN]  # the one in hand last; under it those to go back to
        self._styles = {
            ToolName.PEN: StrokeStyle(),
            ToolName.HIGHLIGHTER: StrokeStyle("#facc15", 20.0, False, highlighter=True),
        }
        self._eraser_width = 20.0
        self._eraser_splits = False
        self._recent: tuple[str, ...] = ()
        self._input = InputSettings()

    @property
    def tool(self) -> ToolName:
        return self._tools[-1]

    def set_tool(self, name: str) -> None:
        """Take another tool.

        Raises:
            ValueError: There is no tool of that name.
        """
        tool = ToolName(name)
        if tool is not self.tool:
            kept = [one for one in self._tools if one is not tool]
            self._take([*kept, tool] if tool in _RETURNING else [tool])

    def choose_tool(self, name: str) -> None:
        """Take a tool as its key does: a second time, some give way to the tool before.

        Raises:
            ValueError: There is no tool of that name.
        """
        if name == self.tool:
            self.put_away()
        else:
            self.set_tool(name)

    def put_away(self) -> None:
        """Go back to the tool used before; one that is not of a moment stays in hand."""
        if len(self._tools) > 1:
            self._take(self._tools[:-1])

    @property
    def style(self) -> StrokeStyle:
        """How the tool in hand draws; the pen's where it draws nothing."""
        return self._styles[self._drawing]

    def style_of(self, tool: ToolName) -> StrokeStyle:
        """How the pen or the highlighter draws."""
        return self._styles[tool]

    def restyle(self, tool: ToolName, **changes: Any) -> None:
        """Let the pen or the highlighter draw otherwise; width and smoothing are kept in range.

        Raises:
            ValueError: A colour is not ``#rrggbb``.
        """
        style = replace(self._styles[tool], **changes)
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", style.color):
            raise ValueError(f"a colour is written #rrggbb, got {style.color!r}")
        style = replace(
            style,
            color=style.color.lower(),
            width=min(max(style.width, WIDTHS[0]), WIDTHS[1]),
            smoothing=min(max(style.smoothing, 0.0), 1.0),
        )
        if style != self._styles[tool]:
            self._styles[tool] = style
            if tool is self._drawing:
                self.style_changed.emit(style)

    def set_color(self, color: str) -> None:
        """Draw in another colour.

        Raises:
            ValueError: It is not ``#rrggbb``.
        """
        self.restyle(self._drawing, color=color)

    def set_width(self, width: float) -> None:
        """Draw in another width, page px; kept within ``WIDTHS``."""
        self.restyle(self._drawing, width=width)

    def set_smoothing(self, amount: float) -> None:
        """Smooth new strokes by that much, kept within 0..1."""
        self.restyle(self._drawing, smoothing=amount)

    def set_pressure(self, on: bool) -> None:
        """Let pressure thin the line, or not."""
        self.restyle(self._drawing, pressure=on)

    @property
    def recent_colors(self) -> tuple[str, ...]:
        """Colours chosen last, newest first, ``#rrggbb``."""
        return self._recent

    def set_recent_colors(self, colors: tuple[str, ...]) -> None:
        if colors != self._recent:
            self._recent = colors[:RECENT]
            self.recent_changed.emit()

    def remember_color(self, color: str) -> None:
        """Put a colour before the other recent ones."""
        others = tuple(one for one in self._recent if one != color)
        self.set_recent_colors((color, *others))

    @property
    def eraser_width(self) -> float:
        """Diameter of the eraser, px on the screen."""
        return self._eraser_width

    def set_eraser_width(self, width: float) -> None:
        """Kept within ``ERASER_WIDTHS``."""
        width = min(max(width, ERASER_WIDTHS[0]), ERASER_WIDTHS[1])
        if width != self._eraser_width:
            self._eraser_width = width
            self.eraser_changed.emit()

    @property
    def eraser_splits(self) -> bool:
        """Whether the eraser takes only what it touches, rather than whole strokes."""
        return self._eraser_splits

    def set_eraser_splits(self, splits: bool) -> None:
        if splits != self._eraser_splits:
            self._eraser_splits = splits
            self.eraser_changed.emit()

    @property
    def input(self) -> InputSettings:
        """What pens, mice and fingers mean."""
        return self._input

    def change_input(self, **changes: Any) -> None:
        """Let pens, mice or fingers mean something else."""
        changed = replace(self._input, **changes)
        if changed != self._input:
            self._input = changed
            self.input_changed.emit(changed)

    @property
    def _drawing(self) -> ToolName:
        return self.tool if self.tool in self._styles else ToolName.PEN

    def _take(self, tools: list[ToolName]) -> None:
        before = self.style
        self._tools = tools
        self.tool_changed.emit(str(self.tool))
        if self.style != before:
            self.style_changed.emit(self.style)
