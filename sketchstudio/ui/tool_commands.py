"""What the Tools menu and the tool bar do: tools, their style, and the selection's with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import SELECTING, ToolName, ToolState
from sketchstudio.ui.actions import PALETTE
from sketchstudio.ui.window_actions import WindowAction

_NOTCH = 1.25


class ToolCommands(QObject):
    """Changes the tool in hand; with a selection tool, the selected strokes follow.

    Args:
        session: Holds the selection.
        tools: What is changed.
        window: Dialogs open over it.
    """

    def __init__(self, session: Session, tools: ToolState, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._tools = tools
        self._window = window
        self._actions: Mapping[str, WindowAction] = {}

    def attach(self, actions: Mapping[str, WindowAction]) -> None:
        """Take the window's actions and let them show how things are."""
        self._actions = actions
        tools = self._tools
        tools.tool_changed.connect(self._show)
        tools.style_changed.connect(self._show)
        tools.eraser_changed.connect(self._show)
        tools.input_changed.connect(self._show)
        self._show()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            **{str(tool): partial(self._tools.choose_tool, tool) for tool in ToolName},
            **{f"color_{i}": partial(self.pick_color, c) for i, c in enumerate(PALETTE, 1)},
            "thinner": partial(self._step_width, -1),
            "thicker": partial(self._step_width, 1),
            "pressure": self._set_pressure,
            "simulate_pressure": partial(self._set_input, "simulate_pressure"),
            "shape_assist": partial(self._set_input, "shape_assist"),
            "eraser_splits": self._set_eraser_splits,
            "duplicate": self._duplicate,
            "pressure_curve": self._show_curve,
            "tablet_test": self._show_tablet_test,
        }

    @Slot(str)
    def pick_color(self, color: str) -> None:
        """Draw in that colour, ``#rrggbb``, and give it to the selected strokes."""
        self._tools.set_color(color)
        if color not in PALETTE:
            self._tools.remember_color(self._tools.style.color)
        if self._selecting:
            self._session.restyle_selection(color=self._tools.style.color)

    @Slot(float)
    def pick_width(self, width: float) -> None:
        """Draw in that width, page px, and give it to the selected strokes."""
        self._tools.set_width(width)
        if self._selecting:
            self._session.restyle_selection(width=self._tools.style.width)

    @Slot(float)
    def pick_smoothing(self, amount: float) -> None:
        """Smooth ink by that much, 0..1, the selected strokes, too."""
        self._tools.set_smoothing(amount)
        if self._selecting:
            self._session.restyle_selection(smoothing=self._tools.style.smoothing)

    @property
    def _selecting(self) -> bool:
        return self._tools.tool in SELECTING and bool(self._session.selected_ids)

    def _step_width(self, steps: int) -> None:
        if self._tools.tool is ToolName.ERASER:
            self._tools.set_eraser_width(self._tools.eraser_width * _NOTCH**steps)
            return
        width = self._tools.style.width * _NOTCH**steps
        self.pick_width(round(width * 2) / 2 if width > 2 else round(width, 1))

    def _set_pressure(self) -> None:
        self._tools.set_pressure(self._actions["pressure"].isChecked())

    def _set_input(self, name: str) -> None:
        self._tools.change_input(**{name: self._actions[name].isChecked()})

    def _set_eraser_splits(self) -> None:
        self._tools.set_eraser_splits(self._actions["eraser_splits"].isChecked())

    def _duplicate(self) -> None:
        if self._tools.tool not in SELECTING:
            self._tools.set_tool(ToolName.SELECT)
        self._session.duplicate_selection()

    # Dialogs are imported when they are opened: the window comes first.

    def _show_curve(self) -> None:
        from sketchstudio.ui.dialogs.pressure_curve import PressureDialog

        PressureDialog(self._tools, self._window).open()

    def _show_tablet_test(self) -> None:
        from sketchstudio.ui.dialogs.tablet_test import TabletTest

        TabletTest(self._window).open()

    @Slot()
    def _show(self) -> None:
        actions, tools = self._actions, self._tools
        actions[str(tools.tool)].setChecked(True)
        actions["pressure"].setChecked(tools.style.pressure)
        actions["eraser_splits"].setChecked(tools.eraser_splits)
        actions["simulate_pressure"].setChecked(tools.input.simulate_pressure)
        actions["shape_assist"].setChecked(tools.input.shape_assist)
