"""What a tool is, and what it may do to the canvas."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

from sketchstudio.core.geometry import Point
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.canvas.overlay import Overlay
from sketchstudio.ui.canvas.pen_sample import PenSample


class Surface(Protocol):
    """The canvas as tools see it; lengths in page px where nothing else is said."""

    @property
    def session(self) -> Session: ...

    @property
    def tools(self) -> ToolState: ...

    @property
    def overlay(self) -> Overlay: ...

    @property
    def zoom(self) -> float:
        """Screen px for each page px."""
        ...

    @property
    def angle(self) -> float:
        """Degrees by which the page is turned clockwise."""
        ...

    def ink_begins(self) -> None:
        """Tell everyone that the pen touched, before anything is drawn."""

    def ink_ends(self, stroke: Stroke) -> None:
        """Tell everyone of the stroke that was added."""

    @property
    def paper_color(self) -> str:
        """``#rrggbb``."""
        ...

    def strokes_in(self, bounds: Bounds, all_layers: bool = False) -> list[Stroke]:
        """Shown strokes of the active layer, or of all, that may meet a box; topmost last."""
        ...

    def boxes_of(self, strokes: Sequence[Stroke]) -> list[Bounds]:
        """For each of these strokes of the document a box that holds it as it is drawn."""
        ...

    def corners(self, a: PenSample, b: PenSample) -> list[Point]:
        """The four corners of the box between two places, upright on the screen."""
        ...

    def hide_strokes(self, ids: frozenset[str]) -> None:
        """Show the ink without these strokes, and with those hidden before."""

    def pan(self, dx: float, dy: float) -> None:
        """Move the page, page px."""

    def zoom_by(self, factor: float, about: Point) -> None:
        """Show the page nearer or farther; a point of it stays where it is."""

    def show_area(self, corners: list[Point]) -> None:
        """Show a part of the page as large as it goes."""

    def lift_selection(self) -> None:
        """Let ``overlay.carry`` take away the selected strokes."""

    def repaint_page(self, bounds: Bounds | None = None) -> None:
        """Paint the overlay anew, within a box or everywhere."""


class Tool(ABC):
    """What the pen does. Samples come in page px: one press, moves, then a release or a cancel."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface

    @abstractmethod
    def press(self, sample: PenSample) -> None:
        """The pen touches."""

    @abstractmethod
    def move(self, sample: PenSample) -> None:
        """The pen moves, touching."""

    def hold(self) -> None:  # noqa: B027
        """The pen has been still for a while, touching."""

    @abstractmethod
    def release(self, sample: PenSample) -> None:
        """The pen lifts."""

    @abstractmethod
    def cancel(self) -> None:
        """The gesture shall have no effect."""

    def hover(self, sample: PenSample) -> None:  # noqa: B027
        """The pen moves above the canvas."""

    def leave(self) -> None:  # noqa: B027
        """The pen is gone, or another tool is taken."""
