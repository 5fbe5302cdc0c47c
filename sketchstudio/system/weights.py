"""Which models ship with the app: one weights file each, named after the model. No torch."""

from __future__ import annotations

from pathlib import Path

from sketchstudio.system.paths import resource_path

OWN_MODEL = "studio"
"""What the app draws with, if nobody chose otherwise, and what can be taught."""


def weights_folder() -> Path:
    """Where the shipped weights lie."""
    return resource_path(".") / "weights"


def available_models() -> dict[str, Path]:
    """Weights files that ship with the app, by model name."""
    return {path.stem: path for path in sorted(weights_folder().glob("*.safetensors"))}
