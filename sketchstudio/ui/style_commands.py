"""The Tools menu: what is in the hand, and how it draws, also what is selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Slot

from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolName, ToolState
from sketchstudio.ui.actions import PALETTE
from sketchstudio.ui.panels.tool_bar import ToolBar
from sketchstudio.ui.window_actions import WindowAction

_NOTCH = 1.25  # from one width of the eraser to the next


class StyleCommands(QObject):
    """Ties tool bar and actions to the `ToolState`, and to selected strokes.

    Args:
        session: With the select tool in hand, its selected strokes take the style chosen.
        tools: What is in the hand.
        parent: The window.
    """

    def __init__(self, session: Session, tools: ToolState, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._tools = tools

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            **{str(tool): partial(self._tools.set_tool, tool) for tool in ToolName},
            "thinner": partial(self._step_width, -1),
            "thicker": partial(self._step_width, 1),
            "pressure": self._set_pressure,
            **{f"color_{i}": partial(self._pick_color, c) for i, c in enumerate(PALETTE, 1)},
        }

    def attach(self, actions: Mapping[str, WindowAction], bar: ToolBar) -> None:
        """Keep the window's actions and its tool bar up to date from now on."""
        self._actions, self._bar = actions, bar
        bar.color_picked.connect(self._on_color_picked)
        bar.width_picked.connect(self._on_width_picked)
        bar.smoothing_picked.connect(self._on_smoothing_picked)
        self._tools.style_changed.connect(self._show_style)
        self._show_style(self._tools.style)

    def _set_pressure(self) -> None:
        self._tools.set_pressure(self._actions["pressure"].isChecked())

    def _pick_color(self, color: str) -> None:
        self._bar.pick_color(color)

    def _step_width(self, steps: int) -> None:
        if self._tools.tool is ToolName.ERASER:
            self._tools.set_eraser_width(self._tools.eraser_width * _NOTCH**steps)
        else:
            self._bar.step_width(steps)

    @Slot(object)
    def _show_style(self, style: StrokeStyle) -> None:
        self._actions["pressure"].setChecked(style.pressure)

    @Slot(str)
    def _on_color_picked(self, color: str) -> None:
        if self._tools.tool is ToolName.SELECT:
            self._session.restyle_selection(color=color)

    @Slot(float)
    def _on_width_picked(self, width: float) -> None:
        if self._tools.tool is ToolName.SELECT:
            self._session.restyle_selection(width=width)

    @Slot(float)
    def _on_smoothing_picked(self, amount: float) -> None:
        if self._tools.tool is ToolName.SELECT:
            self._session.restyle_selection(smoothing=amount)
