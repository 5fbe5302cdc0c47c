"""Making the text of an SVG while the window goes on: the latest wish wins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.document import Document
from sketchstudio.formats.export_options import ExportOptions
from sketchstudio.state.background import BackgroundJob, Outcome, Step


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


class SvgMaking(QObject):
    """Makes one SVG at a time in a thread of its own; a newer wish ends the one before.

    Signals:
        made: Carries `Made`, for the latest wish.
    """

    made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: Wish | None = None
        self._job = BackgroundJob(self)
        self._job.finished.connect(self._on_finished)

    @property
    def is_busy(self) -> bool:
        """Whether a wish is still to be met."""
        return self._job.is_running

    def ask(self, wish: Wish) -> None:
        """Make this, and nothing that was asked for before."""
        self._wish = wish
        self._job.start(partial(_made, wish))

    def stop(self) -> None:
        """Make nothing of what was asked for."""
        self._job.stop()

    def close(self) -> None:
        """Make nothing more; returns within the time of one stroke."""
        self._job.close()

    @Slot(object)
    def _on_finished(self, outcome: Outcome) -> None:
        assert self._wish is not None
        match outcome.error:
            case None:
                self.made.emit(Made(self._wish, str(outcome.result)))
            case MemoryError():
                self.made.emit(Made(self._wish, reason="there is not enough memory"))
            case error:
                self.made.emit(Made(self._wish, reason=str(error)))


def _made(wish: Wish, step: Step) -> str:
    from sketchstudio.formats.svg_write import to_svg_string  # here: the window comes first

    go_on = partial(step, 0.0)
    return to_svg_string(wish.document, wish.options, replay=wish.replay, before_each=go_on)
