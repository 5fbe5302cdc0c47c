"""A canvas with a session and tools of its own, without a window round it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.canvas.widget import Canvas

FLAT = StrokeStyle("#1b1b1f", 4, False)


class Desk:
    """A canvas and what lies around it."""

    def __init__(self) -> None:
        self.session = Session()
        self.tools = ToolState()
        self.canvas = Canvas(self.session, self.tools)
        self.canvas.resize(400, 300)
        self.canvas.show()

    @property
    def strokes(self) -> list[Stroke]:
        return list(self.session.document.strokes())

    @property
    def steps(self) -> list[str]:
        """What the history says was done."""
        stack = self.session.undo_stack
        return [stack.text(i) for i in range(stack.count())]

    def put(self, *lines: list[tuple[float, float]], style: StrokeStyle = FLAT) -> list[Stroke]:
        """Strokes on the active layer, in one step."""
        strokes = [Stroke.from_points(line, style) for line in lines]
        self.session.execute(add_strokes(self.session.active_layer, strokes, "Draw"))
        return strokes

    def pixels(self) -> npt.NDArray[np.int64]:
        """What is painted (H, W, 3), red, green, blue."""
        self.canvas.finish_painting()
        image = self.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        data = np.frombuffer(image.constBits(), np.uint8)
        return data.reshape(image.height(), image.width(), 4)[..., 2::-1].astype(np.int64)
