"""Who gets the pen's samples: the tool in hand, another for this gesture, or the ghost ink."""

from __future__ import annotations

from collections.abc import Callable

from sketchstudio.state.tool_state import ToolName
from sketchstudio.ui.canvas.pen_sample import PenKind, PenSample
from sketchstudio.ui.tools.base import Surface, Tool
from sketchstudio.ui.tools.eraser import EraserTool
from sketchstudio.ui.tools.hand import HandTool
from sketchstudio.ui.tools.pen import PenTool
from sketchstudio.ui.tools.select import SelectTool

_CLICK = 4.0  # screen px that the pen may stray in a click


class Gestures:
    """Gives each gesture, from press to release, to one tool. Samples come in page px.

    Args:
        surface: What tools work on.
        on_ghost: Whether a sample is on ghost ink.
        ghost_clicked: Called when ghost ink was clicked.
    """

    def __init__(
        self,
        surface: Surface,
        on_ghost: Callable[[PenSample], bool],
        ghost_clicked: Callable[[], None],
    ) -> None:
        self._surface = surface
        self._on_ghost = on_ghost
        self._ghost_clicked = ghost_clicked
        self._tools: dict[ToolName, Tool] = {
            ToolName.PEN: PenTool(surface),
            ToolName.ERASER: EraserTool(surface),
            ToolName.SELECT: SelectTool(surface),
            ToolName.HAND: HandTool(surface),
        }
        self._tool: Tool | None = None
        self._held: list[PenSample] = []  # on ghost ink: a click, or a gesture's beginning

    @property
    def active(self) -> bool:
        """Whether a gesture is under way."""
        return self._tool is not None

    def press(self, sample: PenSample, pan: bool) -> None:
        """Begin a gesture; ``pan``: with the hand, whatever the tool."""
        if self._tool is not None:
            self.cancel()
        name = ToolName.HAND if pan else self._surface.tools.tool
        if sample.kind is PenKind.ERASER and not pan:
            name = ToolName.ERASER
        if name is not ToolName.HAND and self._surface.session.refuses():
            return
        self._tool = self._tools[name]
        if name is not ToolName.ERASER and not pan and self._on_ghost(sample):
            self._held = [sample]
        else:
            self._tool.press(sample)

    def move(self, sample: PenSample) -> None:
        if self._tool is None:
            return
        if not self._held:
            self._tool.move(sample)
            return
        first = self._held[0]
        self._held.append(sample)
        strayed = max(abs(sample.x - first.x), abs(sample.y - first.y)) * self._surface.zoom
        if strayed > _CLICK:
            held, self._held = self._held, []
            self._tool.press(first)
            for later in held[1:]:
                self._tool.move(later)

    def release(self, sample: PenSample) -> None:
        if self._tool is None:
            return
        self.move(sample)
        tool, self._tool = self._tool, None
        if self._held:
            self._held = []
            self._ghost_clicked()
            return
        tool.release(sample)
        if sample.kind is PenKind.ERASER and self._surface.tools.tool is not ToolName.ERASER:
            tool.leave()

    def cancel(self) -> None:
        """Give up the gesture under way."""
        tool, self._tool = self._tool, None
        if tool is not None and not self._held:
            tool.cancel()
        self._held = []

    def hover(self, sample: PenSample) -> None:
        self._tools[self._surface.tools.tool].hover(sample)

    def leave(self) -> None:
        """The pen is gone, or another tool was taken."""
        if self._tool is None:
            for tool in self._tools.values():
                tool.leave()
