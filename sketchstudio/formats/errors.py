"""What every reader raises for a file it cannot read."""

from __future__ import annotations

_LONGEST = 300  # characters


class FormatError(ValueError):
    """A file that is not what its ending says; the message is one line that names the file.

    Readers quote what they met, so the message is cleaned here: whatever a file holds, it is one
    line of a bearable length that any terminal can show.
    """

    def __init__(self, message: str) -> None:
        line = " ".join(message.split())
        if len(line) > _LONGEST:
            line = f"{line[: _LONGEST - 60]} … {line[-57:]}"
        super().__init__("".join(c if c.isprintable() else "?" for c in line))
