"""What the model proposes: ghost ink that the person accepts, whole or by strokes, or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.edits import ChangeSet, StrokesEdit, add_strokes, replace_strokes
from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.messages import (
    Complete,
    EngineState,
    Failed,
    Finished,
    Lane,
    Progress,
    Proposing,
    Redraw,
    Replace,
    Sketch,
    Status,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.choices import Choices
from sketchstudio.state.influence import USUAL, reach_of, temperature_of
from sketchstudio.state.past_proposals import PastProposals
from sketchstudio.state.proposed_ink import STEPS, proposed_ink
from sketchstudio.state.referring import Referred, Referring, Scope
from sketchstudio.state.reveal import Reveal
from sketchstudio.state.session import Session
from sketchstudio.state.settings import MAX_SEED
from sketchstudio.system.language import mark, tr

ALTERNATIVES = 9
"""So many are drawn, the pinned ones among them."""


@dataclass(frozen=True, eq=False)
class _Asked:
    """The request a proposal answers, and the ink it is about."""

    task: Proposing
    about: Referred


class Proposals(QObject):
    """One proposal at a time, about the selected strokes, the last object or the whole layer.

    Attributes:
        temperature: For the next proposal.
        seed: For the next proposal; `again` takes the one after it.
        influence: How far the next one may go from the ink, 0 to 1; see `influence`.
        referring: Knows which ink is meant.
        past: The proposals of before.

    Signals:
        changed(): The ghost strokes, whether there are any, or what they wait for is different.
        alternatives_changed(): There are others to choose from, or another is chosen or pinned.
        message(str): One line for the person.
    """

    changed = Signal()
    alternatives_changed = Signal()
    message = Signal(str)

    def __init__(
        self,
        session: Session,
        service: InferenceService,
        parent: QObject | None = None,
        *,
        referring: Referring | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._service = session, service
        self.temperature = temperature_of(USUAL)
        self.seed = 1
        self.influence = USUAL
        self.most_strokes = 0
        self.referring = referring or Referring(session, parent=self)
        self.past = PastProposals(session, self)
        self._reveal = Reveal(self)
        self._reveal.changed.connect(self.changed)
        self._asked: _Asked | None = None
        self._choices = Choices()
        self._first: Drawn | None = None
        self._model = ""
        self._accepting = False
        service.progressed.connect(self._on_progress)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)
        service.state_changed.connect(self._on_state)
        session.document_changed.connect(self._on_document_changed)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The ghost ink, page px."""
        return self._reveal.shown

    @property
    def animated(self) -> bool:
        """Whether a proposal is shown stroke by stroke, or at once when it is done."""
        return self._reveal.animated

    @animated.setter
    def animated(self, animated: bool) -> None:
        self._reveal.animated = animated

    @property
    def active(self) -> bool:
        """Whether there is a proposal, or one is being drawn."""
        return self._asked is not None

    @property
    def is_drawing(self) -> bool:
        """Whether something is still to come: ghost strokes, other alternatives, or the model."""
        busy = self._service.is_busy(Lane.PROPOSAL)
        return self._asked is not None and (busy or not self._reveal.done)

    @property
    def replaces(self) -> bool:
        """Whether accepting replaces the ink, as a redrawing does, or adds to it."""
        return self._asked is not None and not isinstance(self._asked.task, Complete)

    @property
    def replaced_ids(self) -> frozenset[str]:
        """The strokes that accepting would replace; none of a completion, or before any ghost."""
        if not self.strokes or not self.replaces:
            return frozenset()
        return frozenset(stroke.id for stroke in self.ink)

    @property
    def ink(self) -> tuple[Stroke, ...]:
        """The ink the proposal is about; none where there is no proposal."""
        return self._asked.about.strokes if self._asked else ()

    @property
    def scope(self) -> Scope | None:
        """What that ink is of; None where there is no proposal."""
        return self._asked.about.scope if self._asked else None

    @property
    def choices(self) -> Choices:
        """The alternatives, also those that are still to come."""
        return self._choices

    @property
    def alternatives(self) -> tuple[Drawn, ...]:
        """What the model drew, page px; one of them is the ghost ink."""
        return self._choices.there

    @property
    def chosen(self) -> int:
        """Which of the places holds the ghost ink."""
        return self._choices.chosen or 0

    @property
    def sampling(self) -> Sampling:
        """Of the next proposal, and of the one there is."""
        return Sampling(self.temperature, self.seed)

    def set_sampling(self, sampling: Sampling) -> None:
        """Draw otherwise from now on; a proposal that there is, is drawn anew."""
        if sampling == self.sampling:
            return
        self.temperature, self.seed = sampling.temperature, sampling.seed
        self._ask_again()

    def set_influence(self, influence: float) -> None:
        """Stay nearer to the ink or go farther from it, with the temperature that goes with it."""
        if influence != self.influence:
            self.influence, self.temperature = influence, temperature_of(influence)
            self._ask_again()

    @Slot(int)
    def set_most_strokes(self, most: int) -> None:
        """Let completions add so many strokes at most, for taking turns; 0 for all they take."""
        if most != self.most_strokes:
            self.most_strokes = most
            self._ask_again()

    def set_last_only(self, last_only: bool) -> None:
        """Refer to the last object or to the whole drawing; a proposal that there is follows."""
        self.referring.set_last_only(last_only)
        asked, about = self._asked, self.referring.ink
        if asked is not None and about.strokes and about.scope is not asked.about.scope:
            self._begin(lambda ink: replace(asked.task, ink=ink, like=None))

    def complete(self, category: str | None = None) -> None:
        """Propose how the ink could go on, as a ``category`` or whatever it looks like."""
        most = self.most_strokes or None
        self._begin(lambda ink: Complete(ink, self.sampling, category, strokes=most))

    def redraw(self) -> None:
        """Propose the model's version of the ink, in its place."""
        self._begin(lambda ink: Redraw(ink, self.sampling))

    def redraw_lines(self, lines: tuple[Stroke, ...]) -> None:
        """Propose the model's version of lines that are not on the page, such as a picture's."""
        about = Referred(Scope.DRAWING, lines, self._session.active_layer.id)
        self._begin(lambda ink: Redraw(ink, self.sampling), about)

    def replace_as(self, category: str | None = None) -> None:
        """Propose a drawing of a ``category``, or of what the ink looks like, in its place."""
        self._begin(lambda ink: Replace(ink, self.sampling, category))

    def again(self) -> None:
        """Propose something else about the same ink, from the next seed; what is pinned stays."""
        if self._asked is not None and self._has_room(self._choices.emptied(ALTERNATIVES)):
            self.seed = (self.seed + 1) % (MAX_SEED + 1)
            self._ask_again()

    def more_like_this(self) -> None:
        """Draw other alternatives near the one that is shown, which stays, as do the pinned."""
        like = self._choices.current
        if self._asked is None or like is None:
            return
        self._reveal.show_all()
        task = replace(self._asked.task, sampling=self.sampling, like=like)
        self._ask(replace(self._asked, task=task), keep=like)

    def toggle_pin(self, place: int | None = None) -> None:
        """Pin the alternative of a place, or the one that is shown; or let it go."""
        at = self._choices.chosen if place is None else place
        one = None if at is None else self._choices.places[at]
        if one is not None:
            pinned = one not in self._choices.pinned
            self._set_choices(self._choices.with_pin(one, pinned))

    def choose(self, place: int) -> None:
        """Make the alternative of another place the ghost ink."""
        self._choose(self._choices.at(place))

    @Slot(int)
    def step(self, by: int) -> None:
        """Show the alternative that many after this one; beyond the last comes the first."""
        self._choose(self._choices.stepped(by))

    def choose_next(self) -> None:
        """Show the next alternative."""
        self.step(1)

    def choose_previous(self) -> None:
        """Show the alternative before."""
        self.step(-1)

    def accept(self) -> None:
        """Make the ghost ink ink, as far as it is drawn: one undo step."""
        self._reveal.show_all()
        asked, strokes = self._asked, self.strokes
        if asked is None or not strokes:
            return
        layer = self._session.document.layer(asked.about.layer_id)
        step = STEPS[type(asked.task)]
        if isinstance(asked.task, Complete):
            edit = add_strokes(layer, strokes, step)
        else:
            edit = replace_strokes(layer, {stroke.id for stroke in self.ink}, strokes, step)
        if self._make(edit):
            self._remember(accepted=True)
            self._end()

    def accept_stroke(self) -> None:
        """Make the first ghost stroke ink, and keep the others; all of a redrawing, or the last."""
        self._reveal.show_all()
        asked, strokes = self._asked, self.strokes
        if asked is None or not isinstance(asked.task, Complete) or len(strokes) < 2:
            self.accept()
            return
        layer = self._session.document.layer(asked.about.layer_id)
        if not self._make(add_strokes(layer, strokes[:1], mark("Accept stroke"))):
            return
        self._remember(accepted=True)
        self._service.cancel(Lane.PROPOSAL)
        self._set_choices(Choices())  # they go on from the ink as it was
        points = (*asked.task.ink, strokes[0].points)
        about = replace(asked.about, strokes=(*asked.about.strokes, strokes[0]))
        self._asked = _Asked(replace(asked.task, ink=points, like=None), about)
        self._reveal.show(strokes[1:])

    def reject(self) -> None:
        """Drop the proposal; the document was never touched."""
        if self._asked is not None:
            self._remember(accepted=False)
            self._end()

    def _make(self, edit: StrokesEdit) -> bool:
        """Make an edit of the proposal's own; False where the layer is locked or hidden."""
        self._accepting = True
        try:
            return self._session.execute(edit)
        finally:
            self._accepting = False

    def _end(self) -> None:
        self._service.cancel(Lane.PROPOSAL)
        self._asked = None
        self._set_choices(Choices())
        self._reveal.show(())
        self.message.emit("")

    def _remember(self, accepted: bool) -> None:
        """Keep what is shown for later, where it is all there."""
        if self._choices.current is not None and self._reveal.known:
            self.past.remember(self._reveal.known, self.ink, self.replaces, accepted)

    def _begin(self, task: Callable[[Sketch], Proposing], about: Referred | None = None) -> None:
        """Ask about ink, or else what is meant; says what to do where there is none."""
        state = self._service.state
        if state.status is Status.FAILED:
            self.message.emit(
                tr("The model could not be loaded: {reason}").format(reason=state.detail)
            )
            return
        if self._session.refuses():
            return
        about = about or self.referring.ink
        if not about.strokes:
            self.message.emit(tr("Draw something first, then let the model go on"))
            return
        self._remember(accepted=False)
        self._choices = Choices()
        self._ask(_Asked(task(tuple(drawn_points(stroke) for stroke in about.strokes)), about))

    def _ask_again(self) -> None:
        if self._asked is not None:
            self._remember(accepted=False)
            task = replace(self._asked.task, sampling=self.sampling, like=None)
            if isinstance(task, Complete):
                task = replace(task, strokes=self.most_strokes or None)
            self._ask(replace(self._asked, task=task))

    def _ask(self, asked: _Asked, keep: Drawn | None = None) -> None:
        """Have the places filled that are not pinned, nor hold what is to keep its place."""
        choices = self._choices.emptied(ALTERNATIVES, keep)
        if not self._has_room(choices):
            return
        task = replace(asked.task, candidates=choices.free, reach=reach_of(self.influence))
        self._asked, self._first = replace(asked, task=task), None
        self._service.submit(task)  # answered once the model is loaded
        self._set_choices(choices)
        if keep is None:
            self._reveal.show(())
        else:
            self.changed.emit()

    def _has_room(self, choices: Choices) -> bool:
        """Whether another alternative has a place; says what to do where it has none."""
        if not choices.free:
            self.message.emit(tr("All alternatives are pinned: let one go first"))
        return choices.free > 0

    def _set_choices(self, choices: Choices) -> None:
        if choices != self._choices:
            self._choices = choices
            self.alternatives_changed.emit()

    def _choose(self, choices: Choices) -> None:
        if choices.chosen != self._choices.chosen and choices.current is not None:
            self._set_choices(choices)
            self._reveal.show(self._inked(choices.current))

    def _inked(self, drawn: Drawn, begun: tuple[Stroke, ...] = ()) -> tuple[Stroke, ...]:
        asked = self._asked
        assert asked is not None
        return proposed_ink(drawn, asked.task, self._model, self.ink[-1].style, begun)

    def _is_ours(self, task: object) -> bool:
        return self._asked is not None and task is self._asked.task

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        if not self._is_ours(progress.task) or self._first is not None:
            return  # what was put off and began anew is drawn as before
        self._model = progress.model
        if self._choices.chosen is None:
            self._reveal.tell(self._inked(progress.drawn, self._reveal.known), progress.whole)
        if progress.whole:
            self._first = progress.drawn
            self._set_choices(self._choices.filled([progress.drawn]))

    @Slot(object)
    def _on_finished(self, result: Finished) -> None:
        if not self._is_ours(result.task):
            return
        drawn = (self._first or result.drawn[0], *result.drawn[1:])
        self._set_choices(self._choices.filled(drawn))
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if self._is_ours(failure.task):
            self._end()
            self.message.emit(failure.message)

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if self._asked is None:
            return
        if state.status is Status.FAILED:
            self.reject()
            self.message.emit(
                tr("The model could not be loaded: {reason}").format(reason=state.detail)
            )
        elif not self.strokes:
            self.changed.emit()  # it waited for the model, and is drawn now

    @Slot(object)
    def _on_document_changed(self, changes: ChangeSet) -> None:
        if self._accepting or self._asked is None:
            return
        if changes.whole:  # another drawing, whose proposals this is none of
            self._end()
        else:
            self.reject()
