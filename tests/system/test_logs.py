"""The log: ours in full when it is asked for, others' when something is wrong."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from sketchstudio.system import logs


@pytest.fixture
def loggers():
    """Put back how the loggers were."""
    root, ours = logging.getLogger(), logging.getLogger("sketchstudio")
    handlers, levels = list(root.handlers), (root.level, ours.level)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def test_verbose_is_about_the_app(tmp_path: Path, loggers: None) -> None:
    """A library's thousands of debug lines neither hide ours nor cost time."""
    logs.set_up(tmp_path, verbose=True)
    logging.getLogger("sketchstudio.ui").debug("window painted")
    logging.getLogger("numba.core").debug("block 17")
    logging.getLogger("numba.core").warning("no cache")
    said = (tmp_path / "sketchstudio.log").read_text("utf-8")
    assert "window painted" in said
    assert "no cache" in said
    assert "block 17" not in said
