from __future__ import annotations

import pytest

from sketchstudio.state.tool_state import ToolState


def test_previous_tool_is_remembered():
    """One can go back to the tool used before; taking the same tool again is no change."""
    tools = ToolState()
    heard: list[str] = []
    tools.tool_changed.connect(heard.append)
    tools.set_tool("eraser")
    tools.set_tool("eraser")
    assert (tools.tool, tools.previous_tool) == ("eraser", "pen")
    assert heard == ["eraser"]


def test_unknown_tool_is_refused():
    """A misspelt tool is an error, not silence."""
    with pytest.raises(ValueError, match="brush"):
        ToolState().set_tool("brush")


def test_style_changes_are_told_once():
    """Colour, width and pressure reach the views; widths stay in their range."""
    tools = ToolState()
    heard: list[object] = []
    tools.style_changed.connect(heard.append)
    tools.set_color("#FF0000")
    tools.set_color("#ff0000")
    tools.set_width(1e9)
    tools.set_pressure(False)
    assert len(heard) == 3
    assert heard[-1] == tools.style
    assert tools.style.color == "#ff0000"
    assert tools.style.width == 100
    with pytest.raises(ValueError, match="#rrggbb"):
        tools.set_color("red")
