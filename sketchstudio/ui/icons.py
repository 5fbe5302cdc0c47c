"""Icons: our SVG drawings in ``resources/icons``, in the colours of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from sketchstudio.system.paths import resource_path
from sketchstudio.ui import theme

SIZE = 20
"""Side of an icon, logical px."""


def icon(name: str, on_accent: bool = False) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in the current theme, for the screens there are.

    Args:
        name: Without the ending.
        on_accent: For a button filled with the accent colour.
    """
    colors = theme.current()
    densities = _densities()
    made = QIcon()
    normal = colors.on_accent if on_accent else colors.text
    for mode, state, color in (
        (QIcon.Mode.Normal, QIcon.State.Off, normal),
        (QIcon.Mode.Normal, QIcon.State.On, normal if on_accent else colors.on_soft),
        (QIcon.Mode.Disabled, QIcon.State.Off, colors.disabled),
    ):
        for density in densities:
            made.addPixmap(_pixmap(name, color, density), mode, state)
    return made


def set_icon(target: QAction | QAbstractButton, name: str, on_accent: bool = False) -> None:
    """Give an icon that `refresh` redraws when the theme changes."""
    target.setProperty("icon_name", name)
    target.setProperty("icon_on_accent", on_accent)
    target.setIcon(icon(name, on_accent))
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(SIZE, SIZE))


def refresh(root: QWidget) -> None:
    """Redraw every icon below ``root``: the theme is another, or the screen."""
    for child in root.findChildren(QObject):
        name = child.property("icon_name")
        if name and isinstance(child, QAction | QAbstractButton):
            child.setIcon(icon(name, bool(child.property("icon_on_accent"))))


def _densities() -> set[float]:
    """Of the screens' pixels: more would cost the start time, fewer would blur."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()}


@cache
def _pixmap(name: str, color: str, density: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", color).encode()))
    side = round(SIZE * density)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


@cache
def _svg(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")
