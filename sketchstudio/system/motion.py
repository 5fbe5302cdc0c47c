"""Whether the person asked the desktop for less movement."""

from __future__ import annotations

import ctypes
import os
import sys

_PATIENCE = 150  # ms for the desktop to answer


def desktop_wants_less() -> bool:
    """What the desktop says; False where it says nothing. May take a moment."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _macos()
    return _portal()


def _windows() -> bool:
    animated = ctypes.c_int(1)
    get_client_area_animation = 0x1042
    ctypes.CDLL("user32").SystemParametersInfoW(
        get_client_area_animation, 0, ctypes.byref(animated), 0
    )
    return not animated.value


def _macos() -> bool:
    import subprocess  # here: the window comes first

    command = ["defaults", "read", "com.apple.universalaccess", "reduceMotion"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=1)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == "1"


def _portal() -> bool:
    """GNOME and others tell through the desktop portal whether they animate."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    call = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "Read",
    )
    call.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    answer = QDBusConnection.sessionBus().call(call, QDBus.CallMode.Block, _PATIENCE)
    if answer.type() != QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
        return False
    value = answer.arguments()[0]
    while hasattr(value, "variant"):
        value = value.variant()
    return value is False
