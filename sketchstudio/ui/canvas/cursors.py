"""The pointer's shape over the canvas: what a press there would do."""

from __future__ import annotations

from PySide6.QtCore import Qt

from sketchstudio.state.tool_state import ToolName

_OF_TOOLS = {
    ToolName.PEN: Qt.CursorShape.CrossCursor,
    ToolName.ERASER: Qt.CursorShape.BlankCursor,  # the overlay draws a ring
    ToolName.SELECT: Qt.CursorShape.ArrowCursor,
    ToolName.HAND: Qt.CursorShape.OpenHandCursor,
}


def cursor_shape(tool: ToolName, *, pressed: bool, panning: bool, ghost: bool) -> Qt.CursorShape:
    """The shape to show.

    Args:
        tool: The tool in hand.
        pressed: Whether a gesture is under way.
        panning: Whether Space makes a hand of any tool.
        ghost: Whether the pointer is on ghost ink, which a click accepts.
    """
    if panning or tool is ToolName.HAND:
        if pressed:
            return Qt.CursorShape.ClosedHandCursor
        if panning:
            return Qt.CursorShape.OpenHandCursor
    if ghost and not pressed and tool is not ToolName.ERASER:
        return Qt.CursorShape.PointingHandCursor
    return _OF_TOOLS[tool]
