"""Ghost ink is seen on any paper, by anyone, and never taken for the person's ink."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.ui.actions import PALETTE
from sketchstudio.ui.canvas.ghost import GhostInk, contrast, ghost_color
from sketchstudio.ui.canvas.viewport import Viewport

PAPERS = [f"#{v:02x}{v:02x}{v:02x}" for v in range(0, 256, 15)] + [
    *("#fdf6e3", "#fff7d6", "#1e293b", "#14532d", "#7f1d1d", "#c4b5fd", "#6a3de8"),
    *PALETTE,
]
BLINDNESS = {
    "none": np.eye(3),
    # Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    "achromatopsia": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}


def as_seen(color: QColor, matrix: npt.NDArray[np.float64]) -> QColor:
    """A colour as it looks to somebody with that kind of sight."""
    share = np.array([color.redF(), color.greenF(), color.blueF()])
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    seen = np.clip(matrix @ linear, 0, 1)
    back = np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055)
    return QColor.fromRgbF(*back.tolist())


@pytest.mark.parametrize("sight", BLINDNESS)
def test_the_line_stands_out_from_any_paper(sight: str) -> None:
    """By lightness, whatever colours one sees: 3 to 1, as WCAG 2.2 asks of graphics."""
    for name in PAPERS:
        paper = QColor(name)
        line = ghost_color(paper)
        seen = (as_seen(line, BLINDNESS[sight]), as_seen(paper, BLINDNESS[sight]))
        assert contrast(*seen) >= 3, name


def painted(paper: str, ink: StrokeStyle, with_ghost: bool) -> npt.NDArray[np.uint8]:
    """A line along the middle of the paper, ghost or not, as (H, W, 3)."""
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(paper))
    ghost = GhostInk()
    line = Stroke.from_points([[-50, 20], [350, 20]], ink)
    ghost.set_strokes((line,) if with_ghost else ())
    viewport = Viewport().resized(300, 40, 1.0)
    painter = QPainter(image)
    ghost.paint(painter, viewport, viewport.page_rect, QColor(paper))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(40, 300, 4)
    return np.array(rows[..., :3])


@pytest.mark.parametrize("paper", ["#ffffff", "#14141a", "#808080"])
@pytest.mark.parametrize("sight", BLINDNESS)
def test_dashes_tell_it_from_ink(paper: str, sight: str) -> None:
    """Along its line it is there and gone by turns, which ink of any colour never is."""
    row = painted(paper, StrokeStyle(PALETTE[6], 3.0, pressure=False), True)[20]
    seen = [as_seen(QColor(*pixel[::-1].tolist()), BLINDNESS[sight]) for pixel in row[20:280]]
    far = np.array([contrast(color, as_seen(QColor(paper), BLINDNESS[sight])) for color in seen])
    there = far > 2.5
    gaps = int(np.count_nonzero(np.diff(there.astype(int)) == 1))
    assert gaps >= 10
    assert 0.3 < there.mean() < 0.8


def test_the_halo_marks_it_beside_its_line() -> None:
    """What is not a line of the person's has light round it."""
    plain, haloed = (painted("#ffffff", StrokeStyle(width=3.0), ghost) for ghost in (False, True))
    beside = np.abs(plain[24].astype(int) - haloed[24]).max(axis=1)
    assert (beside > 8).mean() > 0.95
