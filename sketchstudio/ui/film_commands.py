"""A blend as an animated file: asks for the frames, and writes them beside the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from PySide6.QtWidgets import QWidget

from sketchstudio.engine.messages import Sketch
from sketchstudio.formats.animation import FRAMES_A_SECOND, Animation, write_animation
from sketchstudio.state.blending import Blending
from sketchstudio.state.morphing import Morphing
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.animation import AnimationDialog, Film


class FilmCommands(QObject):
    """Exports the blend there is as an animation.

    Signals:
        told: A line for the person.
    """

    told = Signal(str)
    _written = Signal(str)

    def __init__(
        self,
        morphing: Morphing,
        blending: Blending,
        tools: ToolState,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._morphing, self._blending = morphing, blending
        self._tools, self._preferences, self._window = tools, preferences, window
        self._film = Film()
        self._wanted: tuple[Path, Animation] | None = None
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        morphing.rendered.connect(self._on_rendered)
        self._written.connect(self.told)

    def export(self) -> None:
        """Ask how and where, then have the frames drawn and written."""
        known = self._preferences.values
        dialog = AnimationDialog(self._film, known.last_folder, self._blending.name, self._window)
        dialog.chosen.connect(self.export_to)
        dialog.open()

    @Slot(object, object)
    def export_to(self, path: Path, film: Film) -> None:
        """Draw and write the blend as a film."""
        self._film = film
        self._preferences.values.last_folder = str(path.absolute().parent)
        mixture = self._blending.mixture
        animation = Animation(
            (),
            back=film.back and not mixture.square,
            size=film.size,
            width=film.size / 128,
            ink=self._tools.style.color,
            title=self._blending.name,
        )
        self._wanted = path, animation
        self.told.emit(tr("Drawing {file}…").format(file=path.name))
        self._morphing.render(round(film.seconds * FRAMES_A_SECOND))

    @Slot(object)
    def _on_rendered(self, frames: tuple[Sketch, ...]) -> None:
        if self._wanted is None:
            return
        (path, animation), self._wanted = self._wanted, None
        whole = replace(animation, frames=frames)
        written = self._written

        def write() -> None:
            """In another thread: packing a picture takes seconds."""
            try:
                write_animation(whole, path)
            except OSError as error:
                line = str(error).replace(str(path), path.name)
            else:
                line = tr("Exported {file}").format(file=path.name)
            written.emit(line)

        self._threads.start(write)
