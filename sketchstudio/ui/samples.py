"""The sample sketches in the box, drawn by the model."""

from __future__ import annotations

from pathlib import Path

from sketchstudio.system.language import tr
from sketchstudio.system.paths import resource_path

SAMPLES = {
    "zoo": "A zoo",
    "cat-to-car": "From cat to car",
    "breakfast": "Breakfast",
    "snowmen": "Snowmen",
}
"""What each file ``resources/samples/<name>.sketch`` is called."""


def samples() -> list[tuple[str, Path]]:
    """Title and file of each sample that is there."""
    found = []
    for name, title in SAMPLES.items():
        try:
            found.append((tr(title), resource_path(f"samples/{name}.sketch")))
        except FileNotFoundError:
            continue
    return found
