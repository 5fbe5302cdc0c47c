"""What every reader raises for a file it cannot read."""

from __future__ import annotations


class FormatError(ValueError):
    """A file that is not what its ending says; the message is one line that names the file."""
