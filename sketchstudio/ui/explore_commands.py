"""Windows that look into the model: the latent map, the comparison, and the test."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from sketchstudio.core.code_map import Place
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.canvas.widget import Canvas

if TYPE_CHECKING:
    from sketchstudio.state.comparison import Comparison
    from sketchstudio.state.latent_map import LatentMap
    from sketchstudio.ui.dialogs.compare_models import CompareModelsDialog
    from sketchstudio.ui.dialogs.latent_map import LatentMapDialog
    from sketchstudio.ui.dialogs.turing_test import TuringTestDialog


class ExploreCommands(QObject):
    """Opens each window once and ties it to the drawing.

    Args:
        session: What is drawn.
        tools: How it is drawn.
        service: The engine; each window gets a door of its own, so that they do not disturb
            one another.
        proposals: Whose ghosts the map shows.
        blending: What a way on the map becomes.
        preferences: Folder of files.
        window: Parent of the windows.

    Signals:
        told: One line on what was done.
        ink_put: A sketch was added to the page.
        blend_wanted: The Blend panel shall be seen.
    """

    told = Signal(str)
    ink_put = Signal()
    blend_wanted = Signal()

    def __init__(
        self,
        session: Session,
        tools: ToolState,
        service: InferenceService,
        proposals: Proposals,
        blending: Blending,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._tools, self._service = session, tools, service
        self._proposals, self._blending = proposals, blending
        self._preferences, self._window = preferences, window
        self._doors: list[InferenceService] = []
        self._latent_map: LatentMap | None = None
        self.map_dialog: LatentMapDialog | None = None
        self._comparison: Comparison | None = None
        self.compare_dialog: CompareModelsDialog | None = None
        self.test_dialog: TuringTestDialog | None = None
        self._sessions: Callable[[], tuple[Session, ...]] | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            "latent_map": self.show_map,
            "compare_models": self.show_comparison,
            "turing_test": self.show_test,
        }

    def attach(self, canvas: Canvas) -> None:
        """Put sketches where this canvas looks."""
        self._canvas = canvas

    def show_map(self) -> None:
        """Open the latent map, or bring it to the front."""
        if self.map_dialog is None:
            from sketchstudio.state.latent_map import LatentMap
            from sketchstudio.ui.dialogs.latent_map import LatentMapDialog

            self._latent_map = LatentMap(self._session, self._proposals, self._door(), self)
            self.map_dialog = LatentMapDialog(
                self._latent_map, self._service, self._tools, self._window
            )
            self.map_dialog.put_requested.connect(self._put_place)
            self.map_dialog.blend_requested.connect(self._blend_places)
        _bring(self.map_dialog)

    def show_comparison(self) -> None:
        """Open the comparison, or bring it to the front."""
        if self.compare_dialog is None:
            from sketchstudio.state.comparison import Comparison
            from sketchstudio.ui.dialogs.compare_models import CompareModelsDialog

            self._comparison = Comparison(self._session, self._door(), self)
            self.compare_dialog = CompareModelsDialog(
                self._comparison, self._service, self._tools, self._window
            )
            self.compare_dialog.copy_requested.connect(self._put_comparison)
        _bring(self.compare_dialog)

    def show_test(self) -> None:
        """Open the test, or bring it to the front."""
        if self.test_dialog is None:
            from sketchstudio.state.turing_test import TuringTest
            from sketchstudio.ui.dialogs.turing_test import TuringTestDialog

            self.test_dialog = TuringTestDialog(
                TuringTest(self._door(), parent=self),
                self._service,
                self._session,
                self.sessions,
                self._preferences,
                self._window,
            )
        _bring(self.test_dialog)

    def sessions(self) -> tuple[Session, ...]:
        """The pages of all windows."""
        return self._sessions() if self._sessions else (self._session,)

    def set_sessions(self, sessions: Callable[[], tuple[Session, ...]]) -> None:
        """Know of the pages of other windows."""
        self._sessions = sessions

    def let_go(self) -> None:
        """Stop what the engine does for these windows."""
        for door in self._doors:
            door.shutdown()

    def _door(self) -> InferenceService:
        door = self._service.another(self)
        self._doors.append(door)
        return door

    @Slot()
    def _put_place(self) -> None:
        assert self._latent_map is not None
        if self._latent_map.put_on_page(self._tools.style, self._canvas.visible_page_rect()):
            self.ink_put.emit()

    @Slot(list)
    def _put_comparison(self, models: list[str]) -> None:
        assert self._comparison is not None
        if self._comparison.put_on_page(models, self._tools.style):
            self.ink_put.emit()

    @Slot(object, object)
    def _blend_places(self, a: Place | None, b: Place | None) -> None:
        code_map = self._latent_map.code_map if self._latent_map else None
        if code_map is None:
            return
        for number, place in enumerate((a, b)):
            if place is not None:
                name = code_map.shares(place)[0][0]
                self._blending.set_code(number, code_map.code_at(place), name)
        self.blend_wanted.emit()


def _bring(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
