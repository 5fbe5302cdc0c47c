from __future__ import annotations

import pytest

from sketchstudio.state.tool_state import ToolState


def test_taking_the_same_tool_again_is_no_change():
    """Nobody is told twice."""
    tools = ToolState()
    heard: list[str] = []
    tools.tool_changed.connect(heard.append)
    tools.set_tool("eraser")
    tools.set_tool("eraser")
    assert heard == ["eraser"]


@pytest.mark.parametrize("tool", ["eraser", "hand", "zoom", "picker"])
@pytest.mark.parametrize("base", ["pen", "highlighter", "lasso"])
def test_a_second_press_goes_back(tool, base):
    """The key that takes the eraser puts it away again; the pen's key keeps the pen."""
    tools = ToolState()
    tools.choose_tool(base)
    tools.choose_tool(base)
    assert tools.tool == base
    tools.choose_tool(tool)
    tools.choose_tool(tool)
    assert tools.tool == base


def test_going_back_from_tool_to_tool():
    """From pen to eraser to hand, and all the way back."""
    tools = ToolState()
    for name in ("eraser", "hand"):
        tools.choose_tool(name)
    tools.choose_tool("hand")
    assert tools.tool == "eraser"
    tools.choose_tool("eraser")
    assert tools.tool == "pen"


def test_pen_and_highlighter_have_styles_of_their_own():
    """A yellow highlighter leaves the pen black."""
    tools = ToolState()
    tools.set_color("#112233")
    tools.set_tool("highlighter")
    assert tools.style.highlighter
    tools.set_color("#ffee00")
    tools.set_width(30)
    tools.set_tool("eraser")
    assert (tools.style.color, tools.style.highlighter) == ("#112233", False)
    tools.set_tool("highlighter")
    assert (tools.style.color, tools.style.width) == ("#ffee00", 30)


def test_recent_colors_are_few_and_newest_first():
    """A colour used again comes to the front; the oldest goes."""
    tools = ToolState()
    for i in range(9):
        tools.remember_color(f"#00000{i}")
    tools.remember_color("#000005")
    assert tools.recent_colors[:3] == ("#000005", "#000008", "#000007")
    assert len(tools.recent_colors) == len(set(tools.recent_colors)) == 6


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
