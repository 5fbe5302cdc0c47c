"""Making the text of an SVG while the window goes on: the latest wish wins."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.document import Document
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats.export_options import ExportOptions


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """What SVG to make.

    Attributes:
        document: Of this drawing.
        options: How.
        replay: Whether it is drawn before the eyes.
    """

    document: Document
    options: ExportOptions
    replay: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What became of a wish.

    Attributes:
        wish: What was asked for.
        text: Of the file; empty where there is a reason.
        reason: Why there is none, one line.
    """

    wish: Wish
    text: str = ""
    reason: str = ""


class _GoneError(Exception):
    """Nobody wants it any more."""


class SvgMaking(QObject):
    """Makes one SVG at a time in a thread of its own; a newer wish ends the one before.

    Signals:
        made: Carries `Made`, for the latest wish.
    """

    made = Signal(object)
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: Wish | None = None
        self._threads: list[threading.Thread] = []
        self._done.connect(self._on_done)

    @property
    def is_busy(self) -> bool:
        """Whether a wish is still to be met."""
        return self._wish is not None

    def ask(self, wish: Wish) -> None:
        """Make this, and nothing that was asked for before."""
        self._wish = wish
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._make, args=(wish,), name="svg", daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Make nothing of what was asked for."""
        self._wish = None

    def close(self) -> None:
        """Make nothing more; returns within the time of one stroke."""
        self._wish = None
        for thread in self._threads:
            thread.join()

    def _make(self, wish: Wish) -> None:
        from sketchstudio.formats.svg_write import to_svg_string  # here: the window comes first

        def go_on() -> None:
            if self._wish is not wish:
                raise _GoneError

        try:
            text = to_svg_string(wish.document, wish.options, replay=wish.replay, before_each=go_on)
        except _GoneError:
            return
        except SketchError as error:
            self._done.emit(Made(wish, reason=str(error)))
        except MemoryError:
            self._done.emit(Made(wish, reason="there is not enough memory"))
        else:
            self._done.emit(Made(wish, text))

    @Slot(object)
    def _on_done(self, made: Made) -> None:
        if made.wish is self._wish:
            self._wish = None
            for thread in self._threads:  # all but ended
                thread.join()
            self.made.emit(made)
