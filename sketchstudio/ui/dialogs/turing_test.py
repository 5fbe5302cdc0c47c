"""The window of the test: what it is about, twenty sketches, and how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.turing import Subject
from sketchstudio.engine.messages import EngineState, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.errors import FormatError
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.turing_test import Phase, TuringTest, own_subjects
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.where import ask_where, ask_which, folder_for_files
from sketchstudio.ui.panels.engine_indicator import describe
from sketchstudio.ui.panels.turing_pages import QuestionPage, ResultPage, SetUpPage

_READ = 2000  # drawings of a file, from which twenty are chosen


class TuringTestDialog(QDialog):
    """Three pages: choose, judge, see.

    Args:
        test: The state.
        service: For the state of the engine.
        session: The page in front.
        sessions: All pages that are open.
        preferences: Remember the folder.
        parent: The window.
    """

    def __init__(
        self,
        test: TuringTest,
        service: InferenceService,
        session: Session,
        sessions: Callable[[], Sequence[Session]],
        preferences: Preferences,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Human or Machine?"))
        self.test, self._service = test, service
        self._session, self._sessions = session, sessions
        self._settings = preferences.values
        self.set_up = SetUpPage()
        self.question = QuestionPage()
        self.outcome = ResultPage()
        self._pages = QStackedWidget()
        for page in (self.set_up, self.question, self.outcome):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.addWidget(self._pages)
        test.changed.connect(self._show)
        test.failed.connect(self._on_failed)
        service.state_changed.connect(self._on_state)
        self.set_up.file_wanted.connect(self._ask_file)
        self.set_up.started.connect(self._start)
        self.question.answered.connect(test.answer)
        self.question.taken_back.connect(test.take_back)
        self.outcome.again_wanted.connect(test.reset)
        self.outcome.save_wanted.connect(self._ask_where)
        self.outcome.closed.connect(self.close)
        self._show()
        self.resize(QSize(560, 680).boundedTo(self.screen().availableSize()))

    def open_file(self, path: Path) -> None:
        """Take the drawings of a file for those by people."""
        from sketchstudio.formats.sketch_files import read_sketches

        try:
            drawings = list(islice(read_sketches(path), _READ))
        except (FormatError, SketchError, OSError) as error:
            words = tr("{file} cannot be opened.").format(file=path.name)
            why = str(error).replace(str(path), path.name)
            QMessageBox.warning(self, "sketchstudio", f"{words}\n\n{why}")
            return
        self._settings.last_folder = str(path.absolute().parent)
        subjects = [
            Subject(drawing.strokes, drawing.place.replace(str(path), path.name))
            for drawing in drawings
        ]
        self.set_up.set_file(path.name, subjects)

    def save(self, path: Path) -> None:
        """Write the answers."""
        from sketchstudio.formats.answers import write_answers

        when = datetime.now().astimezone().isoformat(timespec="seconds")
        model = self.test.model or self._service.state.model
        try:
            write_answers(path, self.test.score, model, self.test.sampling, when)
        except (FormatError, OSError) as error:
            words = tr("{file} cannot be written.").format(file=path.name)
            QMessageBox.warning(self, "sketchstudio", f"{words}\n\n{error}")
            return
        self._settings.last_folder = str(path.absolute().parent)
        self.outcome.tell(tr("Saved {file}").format(file=path.name))

    @Slot()
    def _show(self) -> None:
        phase = self.test.phase
        if phase in (Phase.SET_UP, Phase.PREPARING):
            self._pages.setCurrentWidget(self.set_up)
            self._show_engine()
        elif phase is Phase.ASKING:
            question = self.test.question
            assert question is not None
            self.question.show_sketch(
                tuple(question.sketch), len(self.test.answers) + 1, self.test.count
            )
            if self._pages.currentWidget() is not self.question:
                self._pages.setCurrentWidget(self.question)
                self.question.setFocus()
        else:
            self.outcome.show_score(self.test)
            self._pages.setCurrentWidget(self.outcome)
            self.outcome.again.setFocus()

    def _show_engine(self) -> None:
        state = self._service.state
        if self.test.phase is Phase.PREPARING:
            self.set_up.set_reason(tr("The model is drawing its half…"))
        elif not state.usable:
            failed = state.status is Status.FAILED
            words = tr("The model could not be loaded.") if failed else describe(state)
            self.set_up.set_reason(words)
        else:
            self.set_up.set_reason("")

    @Slot()
    def _start(self) -> None:
        page = self.set_up
        self.test.start(page.subjects, page.model.currentData(), page.sampling.sampling)

    @Slot()
    def _ask_file(self) -> None:
        from sketchstudio.formats.sketch_files import READABLE

        kinds = f"{tr('Drawings')} ({' '.join(f'*{ending}' for ending in READABLE)})"
        path = ask_which(self, tr("Open"), self._settings, kinds)
        if path is not None:
            self.open_file(path)

    @Slot()
    def _ask_where(self) -> None:
        start = folder_for_files(self._settings.last_folder) / f"{tr('answers')}.csv"
        path = ask_where(self, tr("Save Answers"), start, {".csv": tr("Table"), ".json": "JSON"})
        if path is not None:
            self.save(path)

    @Slot(str)
    def _on_failed(self, line: str) -> None:
        self.set_up.set_reason(line)

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if self.test.phase is Phase.SET_UP:
            self.set_up.set_models(self._service.state.model)
            self._show_engine()

    # Qt.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.test.phase is Phase.SET_UP:
            here = own_subjects([self._session])
            everywhere = own_subjects(self._sessions())
            self.set_up.set_own(here, everywhere)
            self.set_up.set_models(self._service.state.model)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.test.phase is not Phase.ASKING:  # or go on another time
            self.test.reset()
