"""The start check: what it refuses, and what PySide6 must not do to Python."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sketchstudio.system import environment

EVERYTHING = {"DISPLAY": ":0"}


def loads(*missing: str):
    return lambda library: library not in missing


def test_void_calls_keep_none_alive():
    """PySide6 6.12 on Python 3.11 drops a reference to None with each void call, then aborts."""
    from PySide6.QtGui import QPainterPath

    path = QPainterPath()
    before = sys.getrefcount(None)
    for i in range(1000):
        path.lineTo(i, i)
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize(
    ("python", "qt", "refused"),
    [
        ((3, 11), "6.12.0", True),
        ((3, 11), "6.13", True),
        ((3, 11), "6.11.3", False),
        ((3, 12), "6.12.0", False),
        ((3, 13), "7.0.1", False),
        ((3, 11), "", False),
    ],
)
def test_pyside_that_crashes_is_refused(python, qt, refused):
    """The one combination known to abort is refused with its remedy, no other."""
    line = environment.qt_version_problem(python, qt)
    assert (line is not None) == refused
    if line:
        assert "pip install" in line


def test_no_display_names_the_command_line():
    """Over ssh or in a container the person learns of the commands."""
    line = environment.display_problem({}, loads(), lambda: True)
    assert line is not None
    assert "display" in line
    assert "sketchstudio --help" in line


def test_missing_xcb_cursor_names_the_package():
    """On a bare Debian Qt would abort; the one line says what to install."""
    line = environment.display_problem(EVERYTHING, loads("libxcb-cursor.so.0"), lambda: True)
    assert line is not None
    assert "apt install libxcb-cursor0;" in line
    assert "\n" not in line


def test_all_missing_packages_are_named_at_once():
    """One apt command mends the machine, not one per start."""
    line = environment.display_problem(EVERYTHING, lambda library: False, lambda: True)
    assert line is not None
    assert "libegl1" in line
    assert "libxkbcommon-x11-0" in line


def test_wayland_needs_no_xcb():
    """A Wayland session without X libraries starts."""
    environ = {"WAYLAND_DISPLAY": "wayland-0"}
    assert environment.display_problem(environ, loads("libxcb-cursor.so.0"), bool) is None


def test_headless_platforms_need_no_display():
    """QT_QPA_PLATFORM=offscreen is how tests and pictures are made."""
    environ = {"QT_QPA_PLATFORM": "offscreen"}
    assert environment.display_problem(environ, loads(), lambda: False) is None


def test_unreachable_display_is_told():
    """A DISPLAY nobody answers on would abort Qt."""
    line = environment.display_problem(EVERYTHING, loads(), lambda: False)
    assert line is not None
    assert ":0" in line


def test_this_machine_can_run_the_tests():
    """The check itself works here, on the platform the tests use."""
    assert environment.problem() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="DISPLAY is X11's")
def test_start_without_display_is_one_line_and_exit_1():
    """The whole start, as a person meets it over ssh."""
    environ = {k: v for k, v in os.environ.items() if "DISPLAY" not in k and "QT_" not in k}
    result = subprocess.run(
        [sys.executable, "-m", "sketchstudio"], env=environ, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "sketchstudio --help" in result.stderr
