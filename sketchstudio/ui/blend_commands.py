"""What is done with blends: put on the canvas, kept as codes; and how their ends are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from sketchstudio.core.stroke import Bounds
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.code_files import ENDING, NamedCode
from sketchstudio.formats.errors import FormatError
from sketchstudio.state.blending import Blending
from sketchstudio.state.mixture import End
from sketchstudio.state.morphing import Morphing
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.canvas.widget import Canvas
from sketchstudio.ui.dialogs.where import ask_where, ask_which, folder_for_files
from sketchstudio.ui.film_commands import FilmCommands
from sketchstudio.ui.panels.blend import BlendPanel
from sketchstudio.ui.panels.category_picker import CategoryPicker
from sketchstudio.ui.window_actions import WindowAction

_TOGGLES = {"blend_pad": "square", "blend_straight": "straight", "blend_beyond": "beyond"}
_OF_A_SKETCH = ("blend_put", "blend_put_strip", "blend_keep")
_OF_FRAMES = ("blend_play", "blend_export")


class BlendCommands(QObject):
    """Ties actions and the Blend panel to `Blending`.

    Args:
        session: The window's document.
        service: The engine.
        proposals: What an end may be.
        blending: What the commands change.
        tools: In which style blends go on the canvas.
        preferences: Which parts of the panel are open.
        window: Parent of popups and dialogs.

    Attributes:
        morphing: Plays the blend.

    Signals:
        told: A line for the person.
    """

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        service: InferenceService,
        proposals: Proposals,
        blending: Blending,
        tools: ToolState,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._service = session, service
        self._proposals, self._blending, self._tools = proposals, blending, tools
        self._preferences, self._window = preferences, window
        self.morphing = Morphing(blending, service, self)
        self._films = FilmCommands(self.morphing, blending, tools, preferences, window)
        self._films.told.connect(self.told)
        self._picking = 0
        self._reasons = ("", "")
        self._picker = CategoryPicker(window, preferences, with_drawing=True)
        self._picker.picked.connect(self._on_picked)
        self._picker.kept_picked.connect(self._on_kept_picked)
        self._picker.drawing_picked.connect(self._on_drawing_picked)
        self._picker.proposal_picked.connect(self._on_proposal_picked)
        self._picker.file_wanted.connect(self._on_file_wanted)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            **dict.fromkeys(_TOGGLES, self._toggle),
            "blend_put": self.put,
            "blend_put_strip": self.put_strip,
            "blend_swap": self._blending.swap,
            "blend_play": self.play,
            "blend_export": self._films.export,
            "blend_keep": self.keep,
            "codes_import": self.import_codes,
            "codes_export": self.export_codes,
        }

    def attach(
        self, actions: Mapping[str, WindowAction], canvas: Canvas, panel: BlendPanel
    ) -> None:
        """Keep these up to date from now on."""
        self._actions, self._canvas, self._panel = actions, canvas, panel
        panel.pick_wanted.connect(self._on_pick_wanted)
        for id in self._preferences.values.blend_folds:
            panel.open_fold(id)
        blending = self._blending
        blending.changed.connect(self._show)
        blending.sketch_changed.connect(self._show_ready)
        blending.thumbnails_changed.connect(self._show_choice)
        blending.library.changed.connect(self._show)
        self.morphing.changed.connect(self._show)
        self.morphing.changed.connect(self._show_ready)
        for source in (blending.failed, blending.library.failed, self.morphing.failed):
            source.connect(self.told)
        self._show()
        self._show_ready()

    def put(self) -> None:
        """Add the blend to the drawing."""
        self._after(self._blending.put_on_page(self._tools.style, self._visible))

    def put_strip(self) -> None:
        """Add all blends on the way to the drawing."""
        self._after(self._blending.put_strip(self._tools.style, self._visible))

    def play(self) -> None:
        """Play the way between the ends, or stop."""
        if self.morphing.playing:
            self.morphing.stop()
        else:
            if not self._actions["blend"].isChecked():
                self._actions["blend"].trigger()
            self.morphing.play()

    def keep(self) -> None:
        """Keep the code of the blend, and let the person name it."""
        blending = self._blending
        code = blending.shown_code
        if code is not None:
            encoder = self._service.state.encoder
            blending.library.keep(blending.name, code, blending.sketch, encoder)
            self._panel.open_fold("codes")
            self._panel.codes.edit_newest()

    def import_codes(self) -> None:
        """Ask for a file of codes, and take them in."""
        path = self._ask_file(tr("Import Codes"), f"{tr('Codes')} (*{ENDING})")
        if path is None:
            return
        try:
            count = self._blending.library.take_in(path)
        except (FormatError, OSError) as error:
            self.told.emit(_line(error, path))
            return
        self._panel.open_fold("codes")
        said = tr("%n code(s) imported", count) if count else tr("All of these are there already")
        self.told.emit(said)

    def export_codes(self) -> None:
        """Ask where, and write all codes to a file to pass on."""
        folder = folder_for_files(self._preferences.values.last_folder)
        start = folder / f"{tr('codes')}{ENDING}"
        path = ask_where(self._window, tr("Export Codes"), start, {ENDING: tr("Codes")})
        if path is None:
            return
        try:
            self._blending.library.share(path)
        except OSError as error:
            self.told.emit(_line(error, path))
            return
        self._preferences.values.last_folder = str(path.absolute().parent)
        self.told.emit(tr("Exported {file}").format(file=path.name))

    def keep_settings(self) -> None:
        """Write down which parts of the panel are open."""
        self._preferences.values.blend_folds = self._panel.open_folds

    def _after(self, put: bool) -> None:
        if put:
            self._tools.set_tool("select")
            self._canvas.setFocus()

    def _toggle(self) -> None:
        wanted = {field: self._actions[id].isChecked() for id, field in _TOGGLES.items()}
        self._blending.change(**wanted)
        self._blending.ends_changed.emit()

    @Slot()
    def _show(self) -> None:
        mixture = self._blending.mixture
        for id, field in _TOGGLES.items():
            self._actions[id].setChecked(getattr(mixture, field))
        self._actions["blend_swap"].setEnabled(bool(mixture.corners) and not mixture.square)
        self._actions["blend_play"].setChecked(self.morphing.playing)
        self._actions["codes_export"].setEnabled(bool(self._blending.library.codes))

    @Slot()
    def _show_ready(self) -> None:
        """Nothing can be done with blends before there is the first, and one film at a time."""
        none = "" if self._blending.sketch else tr("there is no blend yet")
        busy = tr("an animation is being drawn") if self.morphing.rendering else ""
        reasons = (none, none or busy)
        if reasons != self._reasons:
            self._reasons = reasons
            for ids, reason in zip((_OF_A_SKETCH, _OF_FRAMES), reasons, strict=True):
                for id in ids:
                    self._actions[id].set_reason(reason)

    # Choosing an end

    @Slot(int, QWidget)
    def _on_pick_wanted(self, number: int, anchor: QWidget) -> None:
        self._picking = number
        self._show_choice()
        self._picker.set_proposal(bool(self._proposals.strokes))
        self._picker.open_by(anchor)

    @Slot()
    def _show_choice(self) -> None:
        blending = self._blending
        categories = self._service.state.categories
        self._picker.set_categories(categories, blending.thumbnails, blending.library.codes)

    @Slot(str)
    def _on_picked(self, category: str) -> None:
        self._blending.set_category(self._picking, category)

    @Slot(object)
    def _on_kept_picked(self, kept: NamedCode) -> None:
        self._blending.set_kept(self._picking, kept)

    @Slot()
    def _on_drawing_picked(self) -> None:
        if not self._blending.set_drawing(self._picking):
            self.told.emit(tr("There is no drawing yet: draw something, then choose it here."))

    @Slot()
    def _on_proposal_picked(self) -> None:
        proposals = self._proposals
        ink = () if proposals.replaces else proposals.ink
        self._blending.set_strokes(self._picking, (*ink, *proposals.strokes), mark("the proposal"))

    @Slot()
    def _on_file_wanted(self) -> None:
        from sketchstudio.formats.sketch_files import READABLE, read_sketches

        kinds = f"{tr('Drawings and pictures')} ({' '.join(f'*{ending}' for ending in READABLE)})"
        path = self._ask_file(tr("Open a Drawing or Picture"), kinds)
        if path is None:
            return
        try:
            lines = next(read_sketches(path)).strokes
        except (FormatError, OSError) as error:
            self.told.emit(_line(error, path))
            return
        # Where it lay in its file is nowhere on this page.
        end = End.of_lines(lines, path.stem)
        self._blending.set_end(self._picking, End(end.code, end.name, end.sketch))

    @property
    def _visible(self) -> Bounds:
        return self._canvas.visible_page_rect()

    def _ask_file(self, title: str, kinds: str) -> Path | None:
        return ask_which(self._window, title, self._preferences.values, kinds)


def _line(error: Exception, path: Path) -> str:
    """What went wrong with a file, without the folders it lies in."""
    reason = getattr(error, "strerror", None) or error
    line = str(reason).replace(str(path), path.name)
    return line if path.name in line else f"{path.name}: {line}"
