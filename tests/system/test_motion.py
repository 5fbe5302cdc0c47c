"""Reduced motion, as the desktop and the person want it."""

from __future__ import annotations

from sketchstudio.system import motion


def test_a_desktop_that_says_nothing(monkeypatch):
    """No bus, no answer, no error, and no wait."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not motion.desktop_wants_less()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert not motion._portal()
