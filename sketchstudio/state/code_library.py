"""The codes that the person kept, in a file of the app."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from sketchstudio.engine.messages import Code, Sketch
from sketchstudio.formats.code_files import (
    MAX_CODES,
    NamedCode,
    clean_name,
    read_codes,
    write_codes,
)
from sketchstudio.formats.errors import FormatError
from sketchstudio.system.language import tr

log = logging.getLogger(__name__)

Codes = tuple[NamedCode, ...]


class CodeLibrary(QObject):
    """Codes with names, the newest first; all windows share them, and so do all that run.

    Args:
        path: Where they are kept; None keeps them as long as the app runs.
        parent: As in Qt.

    Signals:
        changed: There are others.
        failed: One line: they could not be read or written.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._codes: Codes = ()
        self._codes = self._read()

    @property
    def codes(self) -> Codes:
        return self._codes

    def keep(self, name: str, code: Code, sketch: Sketch, encoder: str) -> None:
        """Add a code; a name that is taken gets a number."""
        name = clean_name(name) or tr("Code")
        drawn = tuple(np.asarray(stroke, dtype=np.float32) for stroke in sketch)
        kept = NamedCode(self._free(name), code, drawn, encoder)
        self._change(lambda codes: (kept, *codes))

    def rename(self, id: str, name: str) -> None:
        """Call a code otherwise; an empty name changes nothing."""
        cleaned = clean_name(name)
        if cleaned:
            self._change(
                lambda codes: tuple(
                    replace(one, name=cleaned) if one.id == id else one for one in codes
                )
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Forget codes."""
        self._change(lambda codes: tuple(one for one in codes if one.id not in ids))

    def take_in(self, path: Path) -> int:
        """Add the codes of a file, but for those there are; returns how many came.

        Raises:
            FormatError: It is no file of codes.
            OSError: It cannot be read.
        """
        came = read_codes(path)
        before = len(self._codes)
        known = {one.id for one in self._codes}
        self._change(lambda codes: (*(one for one in came if one.id not in known), *codes))
        return len(self._codes) - before

    def share(self, path: Path) -> None:
        """Write all codes to a file of the person's.

        Raises:
            WriteError: The place cannot be written.
        """
        write_codes(self._codes, path)

    def _free(self, name: str) -> str:
        taken, number, free = {one.name for one in self._codes}, 2, name
        while free in taken:
            free, number = f"{name} {number}", number + 1
        return free

    def _change(self, change: Callable[[Codes], Codes]) -> None:
        """Change what is in the file now: another app may have kept a code meanwhile."""
        self._codes = change(self._read())[:MAX_CODES]
        if self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_codes(self._codes, self._path)
            except OSError as error:
                self.failed.emit(tr("The code is not kept: {reason}").format(reason=error))
        self.changed.emit()

    def _read(self) -> Codes:
        """What is in the file; a damaged one is put aside rather than written over."""
        if self._path is None or not self._path.exists():
            return self._codes
        try:
            return read_codes(self._path)
        except OSError as error:
            log.warning("the library of codes cannot be read: %s", error)
        except FormatError as error:
            aside = self._path.with_name(f"{self._path.name}.damaged")
            log.warning("the library of codes is put aside as %s: %s", aside.name, error)
            self._path.replace(aside)
        return self._codes
