"""Whether this machine can show a window, found out before Qt would abort the process."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path

COMMAND_LINE = "without a window: sketchstudio --help"

_HEADLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs", "vkkhrdisplay")

# What PySide6's wheel leaves to the system, and the Debian packages that hold it.
_GUI_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
}
_XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}


def qt_version_problem(python: tuple[int, int], qt: str) -> str | None:
    """Why this PySide6 cannot run on this Python, in one line, or None.

    Args:
        python: Major and minor version.
        qt: Version of PySide6, such as ``6.11.3``.
    """
    try:
        parts = tuple(int(part) for part in qt.split(".")[:2])
    except ValueError:
        return None
    if python < (3, 12) and parts >= (6, 12):
        return (
            f"PySide6 {qt} crashes on Python {python[0]}.{python[1]}; "
            'remedy: pip install "PySide6-Essentials<6.12"'
        )
    return None


def display_problem(
    environ: Mapping[str, str],
    loads: Callable[[str], bool],
    connects: Callable[[], bool],
) -> str | None:
    """Why Qt could not open a window on Linux, in one line, or None.

    Args:
        environ: The environment variables.
        loads: Whether a shared library can be loaded.
        connects: Whether the X server of DISPLAY answers.
    """
    platform = environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    wanted = dict(_GUI_LIBRARIES)
    x11 = platform == "xcb" or (not platform and not environ.get("WAYLAND_DISPLAY"))
    if platform not in _HEADLESS and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return (
            "there is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set); "
            + COMMAND_LINE
        )
    if x11:
        wanted |= _XCB_LIBRARIES
    missing = [package for library, package in wanted.items() if not loads(library)]
    if missing:
        return f"Qt lacks system libraries; remedy: apt install {' '.join(missing)}; {COMMAND_LINE}"
    if x11 and not connects():
        return (
            f"the display {environ.get('DISPLAY', '')} cannot be reached "
            f"(is the X server running, and may you use it?); {COMMAND_LINE}"
        )
    return None


def problem() -> str | None:
    """Why the app cannot open its window here, in one line with the remedy, or None."""
    if importlib.util.find_spec("PySide6") is None:
        return "PySide6 is not installed; remedy: pip install PySide6-Essentials"
    version = qt_version_problem(sys.version_info[:2], _qt_version())
    if version or not sys.platform.startswith("linux"):
        return version
    return display_problem(os.environ, _loads, _connects) or _plugin_problem()


def _qt_version() -> str:
    for name in ("PySide6-Essentials", "PySide6_Essentials", "PySide6"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return ""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _connects() -> bool:
    """Whether the X server of DISPLAY answers; Qt would abort where it does not."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not the display's fault, and the libraries were checked before
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _plugin_problem() -> str | None:
    """A library of the xcb plugin that the table above does not know."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.split(":")[0] in _HEADLESS or os.environ.get("WAYLAND_DISPLAY"):
        return None
    spec = importlib.util.find_spec("PySide6")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    plugin = folder / "Qt" / "plugins" / "platforms" / "libqxcb.so" if folder else None
    if plugin is None or not plugin.exists():
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        library = str(error).split(":")[0]
        return f"Qt cannot load {library}; install the package that holds it; {COMMAND_LINE}"
    return None
