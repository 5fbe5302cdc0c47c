"""What is painted round the ink: words on an empty page, and the page's edge."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

_LIGHT_EDGE = "#d3d4da"
_DARK_EDGE = "#3b3c44"
_LIGHT_DESK = "#d5d6dd"
_DARK_DESK = "#131316"
_MARGIN = 24  # px round the words


def desk_color(dark: bool) -> QColor:
    """What is seen beyond the edges of a page."""
    return QColor(_DARK_DESK if dark else _LIGHT_DESK)


def paint_hint(painter: QPainter, area: QRect, words: str, paper: QColor) -> None:
    """Write faint words in the middle of ``area``, readable on ``paper``."""
    faint = QColor("#ffffff" if paper.lightnessF() < 0.5 else "#000000")
    faint.setAlpha(150)
    painter.setPen(faint)
    centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), centred, words)


def paint_edge(painter: QPainter, area: QRect, dark: bool) -> None:
    """Set the page off against a dark window, or a light one."""
    painter.setPen(QColor(_DARK_EDGE if dark else _LIGHT_EDGE))
    painter.drawRect(area.adjusted(0, 0, -1, -1))
