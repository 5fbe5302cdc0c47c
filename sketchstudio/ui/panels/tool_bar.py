"""The bar on the left: tools, colours and what the tool can be set to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QVBoxLayout, QWidget

from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.state.tool_state import RECENT, ToolName, ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui.actions import PALETTE
from sketchstudio.ui.icons import SIZE
from sketchstudio.ui.panels.color_popup import ColorPopup
from sketchstudio.ui.panels.popup import open_by
from sketchstudio.ui.panels.swatches import Swatch
from sketchstudio.ui.panels.tool_options import ToolOptions
from sketchstudio.ui.window_actions import WindowAction, follow

_BAR = 88  # px
_COLUMNS = 3  # of colours


class ToolBar(QFrame):
    """Shows the `ToolState`, and what the person wants of it.

    Attributes:
        options: What the tool can be set to.

    Signals:
        color_picked: The person chose a colour, ``#rrggbb``.
    """

    color_picked = Signal(str)

    def __init__(
        self, tools: ToolState, actions: Mapping[str, WindowAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tool_bar")
        self.setFixedWidth(_BAR)
        self._tools = tools
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(5)
        grid = QGridLayout()
        grid.setSpacing(2)
        shown = [tool for tool in ToolName if tool is not ToolName.PICTURE]  # of the Page menu
        for i, tool in enumerate(shown):
            button = QToolButton()
            button.setDefaultAction(actions[str(tool)])
            button.setProperty("shape", "square")
            button.setIconSize(QSize(SIZE, SIZE))
            button.setAccessibleName(actions[str(tool)].title)
            grid.addWidget(button, i // 2, i % 2, Qt.AlignmentFlag.AlignCenter)
        layout.addLayout(grid)
        layout.addWidget(_rule())

        grid = QGridLayout()
        grid.setSpacing(0)
        self.swatches = []
        for i, color in enumerate(PALETTE):
            swatch = Swatch(color)
            follow(swatch, actions[f"color_{i + 1}"])
            grid.addWidget(swatch, i // _COLUMNS, i % _COLUMNS)
            self.swatches.append(swatch)
        self.custom = Swatch("")
        self.custom.setToolTip(tr("Another colour…"))
        self.custom.setAccessibleName(tr("Another colour"))
        self.custom.clicked.connect(self._open_popup)
        grid.addWidget(self.custom, len(PALETTE) // _COLUMNS, len(PALETTE) % _COLUMNS)
        layout.addLayout(grid)
        grid = QGridLayout()
        grid.setSpacing(0)
        self.recent = [Swatch("") for _ in range(RECENT)]
        for i, swatch in enumerate(self.recent):
            swatch.clicked.connect(self._on_recent)
            grid.addWidget(swatch, i // _COLUMNS, i % _COLUMNS)
        layout.addLayout(grid)
        layout.addWidget(_rule())
        self.options = ToolOptions(tools, actions)
        layout.addWidget(self.options)
        layout.addStretch(1)

        self._popup = ColorPopup(actions["picker"], self)
        self._popup.picked.connect(self.color_picked)
        tools.style_changed.connect(self._show_style)
        tools.recent_changed.connect(self._show_recent)
        self._show_style(tools.style)
        self._show_recent()

    @Slot(object)
    def _show_style(self, style: StrokeStyle) -> None:
        for swatch in (*self.swatches, *self.recent):
            swatch.setChecked(swatch.color == style.color)
        other = style.color not in PALETTE
        self.custom.set_color(style.color if other else "")
        self.custom.setChecked(other)

    @Slot()
    def _show_recent(self) -> None:
        colors = self._tools.recent_colors
        for i, swatch in enumerate(self.recent):
            color = colors[i] if i < len(colors) else ""
            swatch.setVisible(bool(color))
            swatch.set_color(color)
            swatch.setToolTip(color)
            swatch.setAccessibleName(tr("Recent colour {color}").format(color=color))
            swatch.setChecked(color == self._tools.style.color)

    @Slot()
    def _on_recent(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, Swatch):
            self.color_picked.emit(swatch.color)

    @Slot()
    def _open_popup(self) -> None:
        self._popup.set_color(self._tools.style.color)
        open_by(self._popup, self.custom)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    rule.setFixedHeight(1)
    return rule
