"""Ink and paper at every density of pixels, as they were when a person last looked at them.

The pictures in ``tests/golden`` hold no text, so they are the same on every machine. To take new
ones after a wanted change, delete the old ones, run this, and look at what it wrote.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

GOLDEN = Path(__file__).parent.parent / "golden"

SHOW = """
import sys
import numpy as np
from PySide6.QtWidgets import QApplication, QWidget
from sketchstudio.core.document import Document, Layer, Page, Pattern
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.canvas.widget import Canvas

app = QApplication([])
t = np.linspace(0, 6, 60)
spiral = np.stack([90 + 11 * t * np.cos(2 * t), 80 + 11 * t * np.sin(2 * t), 0.5 + t / 12, 9 * t])
low = Layer(strokes=(
    Stroke(spiral.T.astype(np.float32), StrokeStyle("#1b1b1f", 5)),
    Stroke.from_points([(10, 150), (170, 30)], StrokeStyle("#2563eb", 1, False)),
))
high = Layer("High", tuple(
    Stroke.from_points(line, StrokeStyle("#db2777", 14, False))
    for line in ([(20, 20), (120, 140)], [(120, 20), (20, 140)])
), opacity=0.5)
session = Session()
session.load(Document((low, high), Page("#fdf6e3", Pattern.GRID, 20, (200, 170))))
window = QWidget()
window.resize(260, 220)
canvas = Canvas(session, ToolState())
canvas.setParent(window)
canvas.setGeometry(13, 7, 233, 201)  # off the grid of whole pixels at 125 %
window.show()
app.processEvents()
canvas.{how}
canvas.finish_painting()
window.grab().save(sys.argv[1])
"""

WAYS = {"upright": "reset_zoom()", "turned": "_turn_to(-20.0)"}


def pixels(path: Path) -> np.ndarray:
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), -1, 3).astype(int)


@pytest.mark.parametrize("density", ["1", "1.25", "2"])
@pytest.mark.parametrize("way", WAYS)
def test_ink_is_as_sharp_as_it_was(tmp_path: Path, density: str, way: str) -> None:
    """Strokes, a translucent layer, the pattern and the page's edges, in a window."""
    shot = tmp_path / "shot.png"
    subprocess.run(
        [sys.executable, "-c", SHOW.replace("{how}", WAYS[way]), str(shot)],
        env={**os.environ, "QT_SCALE_FACTOR": density},
        cwd=Path(__file__).parent.parent.parent,
        check=True,
        timeout=600,
    )
    golden = GOLDEN / f"{way}-{density}.png"
    if not golden.exists():
        golden.write_bytes(shot.read_bytes())
        pytest.fail(f"{golden.name} was not there: look at the one written now")
    now, then = pixels(shot), pixels(golden)
    assert now.shape == then.shape == (round(220 * float(density)), round(260 * float(density)), 3)
    difference = np.abs(now - then)
    assert difference.mean() < 0.2
    assert np.percentile(difference, 99.9) < 12
