"""The Model menu: asks for proposals, and shows what can be done about the one there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import Stroke, bounds_of
from sketchstudio.engine.messages import EngineState, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.guessing import Guessing
from sketchstudio.state.live import LiveMode
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.referring import Scope
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.actions import SPECS
from sketchstudio.ui.canvas.widget import Canvas
from sketchstudio.ui.panels.canvas_area import CanvasArea
from sketchstudio.ui.panels.category_picker import CategoryPicker
from sketchstudio.ui.panels.popup import open_by
from sketchstudio.ui.panels.sampling import SamplingPopup
from sketchstudio.ui.panels.top_bar import TopBar
from sketchstudio.ui.window_actions import WindowAction

_SCOPES = {
    Scope.DRAWING: mark("Whole drawing"),
    Scope.OBJECT: mark("Last object"),
    Scope.SELECTION: mark("Selection"),
}


class ModelCommands(QObject):
    """Ties actions, canvas and the proposal's buttons to `Proposals`.

    Args:
        session: The window's document.
        service: The engine.
        proposals: What the commands ask for.
        blending: Has the pictures of the categories.
        preferences: Remember the categories chosen.
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
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._service = service
        self._proposals = proposals
        self._blending = blending
        self._window = window
        self._live = LiveMode(session, proposals, parent=self)
        self.guessing = Guessing(proposals.referring, service, self)
        self._shown: EngineState | None = None
        self._marked: tuple[Stroke, ...] = ()
        self._picker = CategoryPicker(window, preferences, with_drawing=False)
        self._picker.picked.connect(self._on_picked)
        self._ask_for: Callable[[str], None] = proposals.complete
        self._popup = SamplingPopup(window)
        self._popup.controls.changed.connect(self._on_sampling)
        self._popup.influence.changed.connect(self._on_influence)
        self._popup.most_strokes.valueChanged.connect(proposals.set_most_strokes)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action of the model does, by id."""
        proposals = self._proposals
        return {
            "complete": self.complete,
            "complete_as": self.complete_as,
            "redraw": proposals.redraw,
            "replace_as": self.replace_as,
            "accept": proposals.accept,
            "again": proposals.again,
            "more_like_this": proposals.more_like_this,
            "pin": proposals.toggle_pin,
            "reject": proposals.reject,
            "accept_stroke": proposals.accept_stroke,
            "next_alternative": proposals.choose_next,
            "previous_alternative": proposals.choose_previous,
            "last_object": self.toggle_last_object,
            "live": self.toggle_live,
            "sampling": self.show_sampling,
        }

    def attach(
        self, actions: Mapping[str, WindowAction], canvas: Canvas, area: CanvasArea, bar: TopBar
    ) -> None:
        """Keep these up to date from now on.

        Args:
            actions: By id.
            canvas: Shows the ghost ink.
            area: Shows the proposal's buttons.
            bar: The popups open by its buttons, or by the proposal's.
        """
        self._actions, self._canvas, self._area, self._bar = actions, canvas, area, bar
        self._service.state_changed.connect(self._show_engine)
        self._proposals.changed.connect(self._show_proposal)
        self._proposals.alternatives_changed.connect(self._show_alternatives)
        self._proposals.changed.connect(self._show_referred)
        self._proposals.referring.changed.connect(self._show_referred)
        self._blending.thumbnails_changed.connect(self._show_categories)
        strip = area.proposal_bar.alternatives
        strip.picked.connect(self._proposals.choose)
        strip.accepted.connect(self._proposals.accept)
        strip.pin_toggled.connect(self._proposals.toggle_pin)
        strip.alike_wanted.connect(self._on_alike_wanted)
        strip.stepped.connect(self._proposals.step)
        canvas.ink_started.connect(self._live.pen_touched)
        canvas.ink_finished.connect(self._live.ink_drawn)
        self._window.installEventFilter(self)
        canvas.ink_started.connect(self._proposals.reject)
        canvas.ghost_clicked.connect(self._proposals.accept)
        self._show_engine(self._service.state)
        self._show_proposal()
        self._show_alternatives()
        self._show_referred()

    def complete(self) -> None:
        """Let the model go on, as whatever the drawing looks like."""
        self._proposals.complete()

    def complete_as(self) -> None:
        """Ask for a category, and let the model go on to it."""
        self._pick_for(self._proposals.complete, "complete_as", self._bar.complete_as)

    def replace_as(self) -> None:
        """Ask for a category, and let the model draw one in the place of the ink."""
        self._pick_for(self._proposals.replace_as, "replace_as", self._bar.replace_as)

    def _pick_for(self, ask: Callable[[str], None], action: str, anchor: QWidget) -> None:
        self._ask_for = ask
        self._blending.ask_thumbnails()
        self._picker.open_by(anchor, self._actions[action].title)
        self._show_categories()

    @Slot(str)
    def _on_picked(self, category: str) -> None:
        self._ask_for(category)

    @Slot(str)
    def complete_as_category(self, category: str) -> None:
        """Let the model go on to that category."""
        self._proposals.complete(category)

    def toggle_live(self) -> None:
        """Turn live mode on or off, as its action is checked now."""
        self._live.set_on(self._actions["live"].isChecked())

    def show_sampling(self) -> None:
        """Open the popup with temperature and seed."""
        self._show_values()
        by_proposal = self._proposals.active
        anchor = self._area.proposal_bar.status if by_proposal else self._bar.complete_as
        open_by(self._popup, anchor)

    def toggle_last_object(self) -> None:
        """Refer to the last object only, or to the whole drawing, as its action is checked now."""
        self._proposals.set_last_only(self._actions["last_object"].isChecked())

    @Slot(float)
    def _on_influence(self, influence: float) -> None:
        self._proposals.set_influence(influence)
        self._show_values()

    def _show_values(self) -> None:
        its = self._proposals
        self._popup.show_values(its.influence, its.sampling, its.most_strokes)

    @Slot(object)
    def _on_sampling(self, sampling: Sampling) -> None:
        self._proposals.set_sampling(sampling)
        self._popup.influence.show_influence(self._proposals.influence, sampling.temperature)

    @Slot(int)
    def _on_alike_wanted(self, place: int) -> None:
        self._proposals.choose(place)
        self._proposals.more_like_this()

    @Slot()
    def _show_referred(self) -> None:
        """Mark the ink that a proposal is about, or would be where that is not plain."""
        proposals, referring = self._proposals, self._proposals.referring
        self._actions["last_object"].setChecked(referring.last_only)
        ink = proposals.ink
        if not ink and referring.last_only and referring.ink.scope is Scope.OBJECT:
            ink = referring.ink.strokes
        if ink != self._marked:
            self._marked = ink
            self._canvas.set_referred(bounds_of(ink))

    @Slot()
    def _show_categories(self) -> None:
        self._picker.set_categories(self._service.state.categories, self._blending.thumbnails)
        self._picker.put_first([name for name, _ in self.guessing.names])

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
        scope = tr(_SCOPES[proposals.scope]) if proposals.scope else ""
        self._area.show_proposal(active, words, scope, status)

    @Slot()
    def _show_alternatives(self) -> None:
        proposals = self._proposals
        ink = tuple(stroke.points for stroke in proposals.ink)
        choices = proposals.choices
        self._area.show_choices(ink, choices, not proposals.replaces)
        for id in ("next_alternative", "previous_alternative"):
            self._actions[id].setEnabled(len(choices.there) > 1)
        for id in ("more_like_this", "pin"):
            self._actions[id].setEnabled(choices.current is not None)
        self._actions["pin"].setChecked(choices.current in choices.pinned)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange)
        if event.type() in kinds:  # nobody would see what the model proposes
            self._live.set_paused(not self._window.isVisible() or self._window.isMinimized())
        return super().eventFilter(watched, event)
