"""Who gets the pen's samples: the tool in hand, another for this gesture, or the ghost ink."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from sketchstudio.state.tool_state import ToolName
from sketchstudio.ui.canvas.cursors import PASS_GHOSTS
from sketchstudio.ui.canvas.pen_sample import PenKind, PenSample
from sketchstudio.ui.tools.base import Surface, Tool
from sketchstudio.ui.tools.eraser import EraserTool
from sketchstudio.ui.tools.hand import HandTool
from sketchstudio.ui.tools.pen import PenTool
from sketchstudio.ui.tools.picker import PickerTool
from sketchstudio.ui.tools.picture import PictureTool
from sketchstudio.ui.tools.select import SelectTool
from sketchstudio.ui.tools.zoom import ZoomTool

_CLICK = 4.0  # screen px that the pen may stray in a click
_STILL = 5.0  # screen px that a pen held still may tremble
_STILL_MS = 550
_EDITING = tuple(tool for tool in ToolName if tool not in ("hand", "zoom", "picker", "picture"))
"""Tools that do nothing on a layer that is hidden or locked."""


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
            ToolName.PEN: PenTool(surface, "Draw"),
            ToolName.HIGHLIGHTER: PenTool(surface, "Highlight"),
            ToolName.ERASER: EraserTool(surface),
            ToolName.PICKER: PickerTool(surface),
            ToolName.SELECT: SelectTool(surface, box=True),
            ToolName.LASSO: SelectTool(surface, box=False),
            ToolName.HAND: HandTool(surface),
            ToolName.ZOOM: ZoomTool(surface),
            ToolName.PICTURE: PictureTool(surface),
        }
        self._tool: Tool | None = None
        self._name = ToolName.PEN  # of the gesture's tool
        self._held: list[PenSample] = []  # on ghost ink: a click, or a gesture's beginning
        self._still_at: PenSample | None = None
        self._stillness = QTimer()
        self._stillness.setSingleShot(True)
        self._stillness.setInterval(_STILL_MS)
        self._stillness.timeout.connect(self._hold)

    @property
    def active(self) -> bool:
        """Whether a gesture is under way."""
        return self._tool is not None

    def press(self, sample: PenSample, wanted: ToolName | None = None) -> None:
        """Begin a gesture with a tool of its own, or with the one in hand."""
        if self._tool is not None:
            self.cancel()
        name = wanted or self._surface.tools.tool
        if sample.kind is PenKind.ERASER and wanted is not ToolName.HAND:
            name = ToolName.ERASER
        if name in _EDITING and self._surface.session.refuses():
            return
        self._name, self._tool = name, self._tools[name]
        if name not in PASS_GHOSTS and wanted is None and self._on_ghost(sample):
            self._held = [sample]
        else:
            self._tool.press(sample)
        self._still_at = sample
        self._stillness.start()

    def move(self, sample: PenSample) -> None:
        if self._tool is None:
            return
        self._watch_stillness(sample)
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
        if self._held:
            self.move(sample)  # where it strayed far enough, this was no click
        self._stillness.stop()
        tool, self._tool = self._tool, None
        if self._held:
            self._held = []
            self._ghost_clicked()
            return
        tool.release(sample)
        if self._name is not self._surface.tools.tool:
            tool.leave()

    def cancel(self) -> None:
        """Give up the gesture under way."""
        self._stillness.stop()
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

    def _watch_stillness(self, sample: PenSample) -> None:
        at = self._still_at
        if at is None:
            return
        way = max(abs(sample.x - at.x), abs(sample.y - at.y)) * self._surface.zoom
        if way > _STILL:
            self._still_at = sample
            self._stillness.start()

    def _hold(self) -> None:
        if self._tool is not None and not self._held:
            self._tool.hold()
