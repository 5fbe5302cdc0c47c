"""Settings that live in a window: taken over when it opens, kept when it closes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Slot

from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.motion import desktop_wants_less

Way = tuple[Callable[[], Any], Callable[[Any], object]]
"""How to ask a window for the value of a setting, and how to give it one."""


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
            "pen_color": (lambda: tools.style.color, tools.set_color),
            "pen_width": (lambda: tools.style.width, tools.set_width),
            "pen_pressure": (lambda: tools.style.pressure, tools.set_pressure),
            "pen_smoothing": (lambda: tools.style.smoothing, tools.set_smoothing),
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
        }
        for name in self._ways:
            self.take(name)
        preferences.changed.connect(self.take)

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
            setattr(self._preferences.values, name, value())
