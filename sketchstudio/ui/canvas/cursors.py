"""The pointer's shape over the canvas: what a press there would do."""

from __future__ import annotations

from PySide6.QtCore import Qt

from sketchstudio.state.tool_state import ToolName

_OF_TOOLS = {
    ToolName.PEN: Qt.CursorShape.CrossCursor,
    ToolName.HIGHLIGHTER: Qt.CursorShape.CrossCursor,
    ToolName.ERASER: Qt.CursorShape.BlankCursor,  # the overlay draws a ring
    ToolName.PICKER: Qt.CursorShape.CrossCursor,
    ToolName.SELECT: Qt.CursorShape.ArrowCursor,
    ToolName.LASSO: Qt.CursorShape.ArrowCursor,
    ToolName.HAND: Qt.CursorShape.OpenHandCursor,
    ToolName.ZOOM: Qt.CursorShape.CrossCursor,
    ToolName.PICTURE: Qt.CursorShape.ArrowCursor,
}

PASS_GHOSTS = (ToolName.ERASER, ToolName.PICKER, ToolName.ZOOM, ToolName.PICTURE)
"""Tools that take no notice of ghost ink."""


def cursor_shape(
    tool: ToolName,
    *,
    pressed: bool,
    panning: bool,
    ghost: bool,
    wanted: Qt.CursorShape | None = None,
) -> Qt.CursorShape:
    """The shape to show.

    Args:
        tool: The tool in hand.
        pressed: Whether a gesture is under way.
        panning: Whether Space makes a hand of any tool.
        ghost: Whether the pointer is on ghost ink, which a click accepts.
        wanted: What the tool wants shown here, because of what is under the pointer.
    """
    if panning or tool is ToolName.HAND:
        if pressed:
            return Qt.CursorShape.ClosedHandCursor
        if panning:
            return Qt.CursorShape.OpenHandCursor
    if wanted is not None:
        return wanted
    if ghost and not pressed and tool not in PASS_GHOSTS:
        return Qt.CursorShape.PointingHandCursor
    return _OF_TOOLS[tool]
