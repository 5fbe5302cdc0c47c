"""What the commands raise."""

from __future__ import annotations


class CommandError(Exception):
    """Something the person can put right; the message is one line."""
