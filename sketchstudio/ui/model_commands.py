"""The Model menu: asks for proposals, and shows what can be done about the one there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from sketchstudio.engine.messages import EngineState, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.guessing import Guessing
from sketchstudio.state.live import LiveMode
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr
from sketchstudio.ui.actions import SPECS
from sketchstudio.ui.canvas.widget import Canvas
from sketchstudio.ui.panels.canvas_area import CanvasArea
from sketchstudio.ui.panels.category_picker import CategoryPicker
from sketchstudio.ui.panels.popup import open_by
from sketchstudio.ui.panels.sampling import SamplingPopup
from sketchstudio.ui.window_actions import WindowAction


class ModelCommands(QObject):
    """Ties actions, canvas and the proposal's buttons to `Proposals`.

    Args:
        session: The window's document.
        service: The engine.
        proposals: What the commands ask for.
        blending: Has the pictures of the categories.
        window: Parent of the popups.

    Attributes:
        guessing: Names the ink.
    """

    def __init__(
        self,
        session: Session,
        service: InferenceService,
        proposals: Proposals,
        blending: Blending,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._service = service
        self._proposals = proposals
        self._blending = blending
        self._window = window
        self._live = LiveMode(session, proposals, parent=self)
        self.guessing = Guessing(session, service, self)
        self._shown: EngineState | None = None
        self._picker = CategoryPicker(window, with_drawing=False)
        self._picker.picked.connect(proposals.complete)
        self._popup = SamplingPopup(window)
        self._popup.controls.changed.connect(proposals.set_sampling)

    def attach(
        self, actions: Mapping[str, WindowAction], canvas: Canvas, area: CanvasArea, anchor: QWidget
    ) -> None:
        """Keep these up to date from now on.

        Args:
            actions: By id.
            canvas: Shows the ghost ink.
            area: Shows the proposal's buttons.
            anchor: The popups open by it, or by the proposal's buttons.
        """
        self._actions, self._canvas, self._area, self._anchor = actions, canvas, area, anchor
        self._service.state_changed.connect(self._show_engine)
        self._proposals.changed.connect(self._show_proposal)
        self._proposals.alternatives_changed.connect(self._show_alternatives)
        self._blending.thumbnails_changed.connect(self._show_categories)
        area.proposal_bar.alternatives.picked.connect(self._proposals.choose)
        area.proposal_bar.alternatives.accepted.connect(self._proposals.accept)
        canvas.ink_started.connect(self._live.pen_touched)
        canvas.ink_finished.connect(self._live.ink_drawn)
        self._window.installEventFilter(self)
        canvas.ink_started.connect(self._proposals.reject)
        canvas.ghost_clicked.connect(self._proposals.accept)
        self._show_engine(self._service.state)
        self._show_proposal()
        self._show_alternatives()

    def complete(self) -> None:
        """Let the model go on, as whatever the drawing looks like."""
        self._proposals.complete()

    def complete_as(self) -> None:
        """Ask for a category, and let the model go on to it."""
        self._blending.ask_thumbnails()
        self._show_categories()
        self._picker.open_by(self._anchor)

    @Slot(str)
    def complete_as_category(self, category: str) -> None:
        """Let the model go on to that category."""
        self._proposals.complete(category)

    def toggle_live(self) -> None:
        """Turn live mode on or off, as its action is checked now."""
        self._live.set_on(self._actions["live"].isChecked())

    def show_sampling(self) -> None:
        """Open the popup with temperature and seed."""
        self._popup.controls.set_sampling(self._proposals.sampling)
        by_proposal = self._proposals.active
        open_by(self._popup, self._area.proposal_bar.status if by_proposal else self._anchor)

    @Slot()
    def _show_categories(self) -> None:
        self._picker.set_categories(self._service.state.categories, self._blending.thumbnails)

    @Slot(object)
    def _show_engine(self, state: EngineState) -> None:
        shown = replace(state, status=Status.READY) if state.usable else state
        if shown == self._shown:
            return
        self._shown = shown
        failed = state.status is Status.FAILED
        self.show_hint()
        for spec in SPECS.values():
            if not spec.needs_model:
                continue
            reason = ""
            if failed:
                reason = tr("the model could not be loaded")
            elif spec.needs_categories and not state.usable:
                reason = tr("the model is still loading")
            self._actions[spec.id].set_reason(reason)

    def show_hint(self) -> None:
        """Say on the empty page what to do, with the key that does it."""
        keys = self._actions["complete"].key_texts
        if self._service.state.status is Status.FAILED or not keys:
            self._canvas.set_hint(tr("Draw something here."))
        else:
            self._canvas.set_hint(
                tr("Draw something here, then press {key}: the model goes on.").format(key=keys[0])
            )

    @Slot()
    def _show_proposal(self) -> None:
        proposals = self._proposals
        active, ink = proposals.active, bool(proposals.strokes)
        self._canvas.set_ghost(proposals.strokes)
        self._canvas.set_faded(proposals.replaced_ids)
        self._canvas.hold_focus(active)
        for id in ("accept", "accept_stroke", "again", "reject"):
            self._actions[id].setEnabled(active and (ink or not id.startswith("accept")))
        words, status = "", tr("Seed {seed}").format(seed=proposals.seed)
        if self._service.state.status is Status.LOADING:
            words = tr("The model is loading; your proposal comes as soon as it is ready.")
            status = tr("Waiting…")
        elif proposals.is_drawing:
            status = tr("Drawing…")
        self._area.show_proposal(active, words, status)

    @Slot()
    def _show_alternatives(self) -> None:
        proposals = self._proposals
        ink = tuple(stroke.points for stroke in proposals.ink)
        self._area.show_alternatives(
            ink, proposals.alternatives, proposals.chosen, not proposals.replaces
        )
        for id in ("next_alternative", "previous_alternative"):
            self._actions[id].setEnabled(len(proposals.alternatives) > 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange)
        if event.type() in kinds:  # nobody would see what the model proposes
            self._live.set_paused(not self._window.isVisible() or self._window.isMinimized())
        return super().eventFilter(watched, event)
