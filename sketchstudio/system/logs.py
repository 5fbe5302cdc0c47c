"""Logging: warnings to the terminal, everything to a file that a bug report can carry."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s"


def set_up(folder: Path, verbose: bool) -> None:
    """Send the log to the terminal and to ``folder/sketchstudio.log``.

    A folder that cannot be written to costs the file, not the start.

    Args:
        folder: Made where it is missing.
        verbose: The app's own debug lines, on the terminal too.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    # Only ours: a compiler's debug lines would fill the log, and slow it down many times.
    logging.getLogger("sketchstudio").setLevel(logging.DEBUG if verbose else logging.INFO)
    formatter = logging.Formatter(_FORMAT, datefmt="%H:%M:%S")
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
    terminal.setFormatter(formatter)
    root.addHandler(terminal)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / "sketchstudio.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError as error:
        logging.getLogger(__name__).warning("no log file: %s", error)
        return
    file.setFormatter(formatter)
    root.addHandler(file)
