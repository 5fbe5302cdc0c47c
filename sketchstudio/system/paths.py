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


def data_folder() -> Path:
    """Where what the person keeps in the app lies; it need not exist yet."""
    return _standard("AppDataLocation")


def taught_folder() -> Path:
    """Where what the person has taught the model lies; it need not exist yet."""
    return data_folder() / "taught"


def cache_folder() -> Path:
    """Where pictures of drawings are kept; it need not exist yet."""
    return _standard("CacheLocation")


def log_folder() -> Path:
    """Where logs are kept; it need not exist yet."""
    return _standard("AppLocalDataLocation") / "logs"


def recovery_folder() -> Path:
    """Where open documents are kept for the case of a crash; it need not exist yet."""
    return _standard("AppLocalDataLocation") / "recovery"


def locks_folder() -> Path:
    """Where it is kept which files are open; it need not exist yet."""
    return _standard("AppLocalDataLocation") / "locks"


def _standard(location: str) -> Path:
    # Here, so that the command line finds its resources without Qt.
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation[location]))
