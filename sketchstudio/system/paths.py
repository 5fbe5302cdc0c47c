"""Where the app's own files and the person's settings lie."""

from __future__ import annotations

import contextlib
from importlib import resources
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[2] / "resources"


def resource_path(name: str) -> Path:
    """A file or folder of ``resources``: of the checkout, else of the installed package.

    Raises:
        FileNotFoundError: It is in neither.
    """
    candidates = [_CHECKOUT / name]
    with contextlib.suppress(ModuleNotFoundError):
        candidates.append(Path(str(resources.files("sketchstudio.resources") / name)))
    for path in candidates:
        if path.exists():
            return path
    raise FileNotFoundError(f"the app's file {name} is missing; install sketchstudio again")


def config_folder() -> Path:
    """Where settings are kept; it need not exist yet."""
    return _standard("AppConfigLocation")


def cache_folder() -> Path:
    """Where pictures of drawings are kept; it need not exist yet."""
    return _standard("CacheLocation")


def log_folder() -> Path:
    """Where logs are kept; it need not exist yet."""
    return _standard("AppLocalDataLocation") / "logs"


def _standard(location: str) -> Path:
    # Here, so that the command line finds its resources without Qt.
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation[location]))
