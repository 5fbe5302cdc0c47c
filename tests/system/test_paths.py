"""Where things lie."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sketchstudio.system.paths import resource_path
from sketchstudio.ui.actions import ACTIONS


def test_every_icon_of_an_action_ships():
    """A missing icon would stop the start."""
    for spec in ACTIONS:
        if spec.icon:
            assert resource_path(f"icons/{spec.icon}.svg").is_file()


def test_missing_file_is_named():
    """A broken installation says which file is gone."""
    with pytest.raises(FileNotFoundError, match=r"icons/nothing\.svg"):
        resource_path("icons/nothing.svg")


def test_resources_are_found_without_qt():
    """The command line has no need of Qt to find the weights."""
    code = (
        "import sys; from sketchstudio.system.paths import resource_path;"
        "resource_path('icons/app.svg');"
        "assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
