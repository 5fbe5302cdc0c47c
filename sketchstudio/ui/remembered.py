"""Settings that live in a window: taken over when it opens, kept when it closes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Slot

from sketchstudio.core.pressure import PressureCurve
from sketchstudio.state.blending import Blending
from sketchstudio.state.input_settings import Barrel, Touch
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolName, ToolState
from sketchstudio.system.motion import desktop_wants_less

Way = tuple[Callable[[], Any], Callable[[Any], object]]
"""How to ask a window for the value of a setting, and how to give it one."""

_PEN_FIELDS = ("color", "width", "pressure", "smoothing")
_OF_DEVICES = ("pressure_curve", "simulate_pressure", "shape_assist", "barrel", "touch")


class Remembered(QObject):
    """Keeps the settings and the state of one window together.

    Args:
        preferences: The settings of all windows.
        tools: Of the window.
        proposals: Of the window.
        blending: Of the window.
    """

    def __init__(
        self,
        preferences: Preferences,
        tools: ToolState,
        proposals: Proposals,
        blending: Blending,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._proposals = proposals
        self._ways: dict[str, Way] = {
            **_of_tools(tools),
            "influence": (  # before the temperature, which it sets
                lambda: proposals.influence,
                lambda value: proposals.set_influence(float(value)),
            ),
            "most_strokes": (lambda: proposals.most_strokes, proposals.set_most_strokes),
            "last_object": (lambda: proposals.referring.last_only, proposals.set_last_only),
            "temperature": (
                lambda: proposals.temperature,
                lambda value: proposals.set_sampling(
                    replace(proposals.sampling, temperature=float(value))
                ),
            ),
            "seed": (
                lambda: proposals.seed,
                lambda value: proposals.set_sampling(replace(proposals.sampling, seed=value)),
            ),
            "blend_temperature": (
                lambda: blending.sampling.temperature,
                lambda value: blending.set_sampling(
                    replace(blending.sampling, temperature=float(value))
                ),
            ),
            "blend_seed": (
                lambda: blending.sampling.seed,
                lambda value: blending.set_sampling(replace(blending.sampling, seed=value)),
            ),
            "blend_pad": (
                lambda: blending.mixture.square,
                lambda value: blending.change(square=value),
            ),
            "blend_straight": (
                lambda: blending.mixture.straight,
                lambda value: blending.change(straight=value),
            ),
            "blend_beyond": (
                lambda: blending.mixture.beyond,
                lambda value: blending.change(beyond=value),
            ),
        }
        for name in self._ways:
            self.take(name)
        preferences.changed.connect(self.take)
        tools.input_changed.connect(self._share_input)

    @Slot(str)
    def take(self, name: str) -> None:
        """Give the window what the setting says, where it is one of these."""
        if name in self._ways:
            self._ways[name][1](getattr(self._preferences.values, name))
        elif name == "motion":
            self.take_motion()

    @Slot()
    def take_motion(self) -> None:
        """Let proposals appear as the person or, where it is left to it, the desktop wants."""
        wanted = self._preferences.values.motion
        less = desktop_wants_less() if wanted == "system" else wanted == "reduced"
        self._proposals.animated = not less

    def keep(self) -> None:
        """Write down how the window is now; other windows stay as they are."""
        for name, (value, _) in self._ways.items():
            if name not in _OF_DEVICES:
                setattr(self._preferences.values, name, value())

    @Slot()
    def _share_input(self) -> None:
        """What a pen, mouse or finger means is the same in all windows, at once."""
        for name in _OF_DEVICES:
            self._preferences.set(name, self._ways[name][0]())


def _of_tools(tools: ToolState) -> dict[str, Way]:
    def style(tool: ToolName, field: str) -> Way:
        return (
            lambda: getattr(tools.style_of(tool), field),
            lambda value: tools.restyle(tool, **{field: value}),
        )

    def taken(field: str, kind: Callable[[Any], Any]) -> Way:
        return (
            lambda: getattr(tools.input, field),
            lambda value: tools.change_input(**{field: kind(value)}),
        )

    return {
        **{f"pen_{field}": style(ToolName.PEN, field) for field in _PEN_FIELDS},
        "highlighter_color": style(ToolName.HIGHLIGHTER, "color"),
        "highlighter_width": style(ToolName.HIGHLIGHTER, "width"),
        "eraser_width": (lambda: tools.eraser_width, tools.set_eraser_width),
        "eraser_splits": (lambda: tools.eraser_splits, tools.set_eraser_splits),
        "recent_colors": (
            lambda: list(tools.recent_colors),
            lambda value: tools.set_recent_colors(tuple(value)),
        ),
        "pressure_curve": (
            lambda: list(tools.input.curve.handles),
            lambda value: tools.change_input(curve=PressureCurve(*value)),
        ),
        "simulate_pressure": taken("simulate_pressure", bool),
        "shape_assist": taken("shape_assist", bool),
        "barrel": taken("barrel", lambda value: Barrel(value)),
        "touch": taken("touch", lambda value: Touch(value)),
    }
