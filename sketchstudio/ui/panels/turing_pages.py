"""The pages of the "human or machine" test."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.turing import FEWEST, SKETCHES, Answer, Subject
from sketchstudio.engine.messages import Sketch
from sketchstudio.state.models import listed
from sketchstudio.state.turing_test import TuringTest
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.panels.sampling import SamplingControls
from sketchstudio.ui.panels.sketch_view import SketchView, paint_sketch

_COLUMNS = 5  # of the answers
_TILE = QSize(88, 108)
_PAPER, _INK = "#ffffff", "#1b1b1f"
_SEEDS = 10_000

PAGE, WINDOWS, FILE = range(3)
"""Where the drawings by people are from."""


class SetUpPage(QWidget):
    """Whose drawings, and how the model redraws.

    Signals:
        started: The test shall begin.
        file_wanted: A file shall be opened.
    """

    started = Signal()
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reason = self._file = ""
        self._subjects: dict[int, Sequence[Subject]] = {PAGE: (), WINDOWS: (), FILE: ()}
        title = QLabel(tr("Can you tell who drew it?"))
        title.setProperty("role", "title")
        about = QLabel(
            tr(
                "You see {count} sketches, one at a time, all in the same line. People drew half "
                "of them. The others are by the model, each after a drawing by a person that you "
                "do not see."
            ).format(count=SKETCHES)
        )
        about.setWordWrap(True)
        self.source = QComboBox()
        self.source.setAccessibleName(tr("Drawings by people"))
        self.open_file = QPushButton(tr("Open a file…"))
        self.open_file.setAutoDefault(False)
        self.model = QComboBox()
        self.model.setAccessibleName(tr("Model"))
        self.sampling = SamplingControls()
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.start = QPushButton(tr("Start"))
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        self._lay_out(title, about)
        self.source.activated.connect(self._show)
        self.open_file.clicked.connect(self.file_wanted)
        self.start.clicked.connect(self.started)

    def _lay_out(self, title: QLabel, about: QLabel) -> None:
        chosen = QHBoxLayout()
        chosen.addWidget(self.source, 1)
        chosen.addWidget(self.open_file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(about)
        layout.addSpacing(10)
        layout.addWidget(QLabel(tr("Drawings by people")))
        layout.addLayout(chosen)
        layout.addWidget(self.note)
        layout.addSpacing(10)
        layout.addWidget(QLabel(tr("Redrawn by")))
        layout.addWidget(self.model)
        layout.addSpacing(4)
        layout.addWidget(self.sampling)
        layout.addStretch(1)
        layout.addWidget(self.start, alignment=Qt.AlignmentFlag.AlignRight)

    @property
    def subjects(self) -> Sequence[Subject]:
        """The drawings chosen."""
        return self._subjects[max(self.source.currentIndex(), PAGE)]

    def set_own(self, here: Sequence[Subject], everywhere: Sequence[Subject]) -> None:
        """Offer what is on the page in front and on all pages, and choose what is enough."""
        self._subjects |= {PAGE: here, WINDOWS: everywhere}
        row = max(self.source.currentIndex(), PAGE)
        if len(self._subjects[row]) < FEWEST:
            enough = (i for i, found in self._subjects.items() if len(found) >= FEWEST)
            row = next(enough, PAGE)
        self._fill(row)
        self.sampling.set_sampling(
            Sampling(self.sampling.sampling.temperature, random.randrange(_SEEDS))
        )

    def set_file(self, name: str, subjects: Sequence[Subject]) -> None:
        """Offer the drawings of a file, and choose them."""
        self._file = name
        self._subjects[FILE] = subjects
        self._fill(FILE)

    def set_models(self, main: str) -> None:
        """Offer the models there are."""
        chosen = self.model.currentData()
        with QSignalBlocker(self.model):
            self.model.clear()
            for entry in listed(main):
                if entry.present:
                    self.model.addItem(entry.name, entry.name)
            self.model.setCurrentIndex(max(0, self.model.findData(chosen)))

    def set_reason(self, reason: str) -> None:
        """Say why it cannot start now; it can for an empty text."""
        self._reason = reason
        self._show()

    def _fill(self, row: int) -> None:
        names = [tr("This page"), tr("All open windows")]
        names += [self._file] if self._file else []
        with QSignalBlocker(self.source):
            self.source.clear()
            for index, name in enumerate(names):
                count = tr("%n drawings", len(self._subjects[index]))
                self.source.addItem(f"{name} ({count})")
            self.source.setCurrentIndex(row)
        self._show()

    @Slot()
    def _show(self) -> None:
        count = len(self.subjects)
        asked = min(SKETCHES, 2 * count)
        if count < FEWEST:
            note = tr(
                "Too few drawings: draw at least two apart from each other, or open an .ndjson "
                "file, such as those of Quick, Draw!"
            )
        elif asked < SKETCHES:
            note = tr(
                "For {count} sketches ten drawings are needed; with these it is a test of {asked}, "
                "which tells less."
            ).format(count=SKETCHES, asked=asked)
        elif count < SKETCHES:
            note = tr("With fewer than {count} drawings, some are shown both ways.").format(
                count=SKETCHES
            )
        else:
            note = tr("{count} of them are chosen by the seed.").format(count=SKETCHES)
        self.note.setText(self._reason or note)
        self.start.setEnabled(not self._reason and count >= FEWEST)


class QuestionPage(QWidget):
    """One sketch, and two answers.

    Signals:
        answered(bool): Whether it was taken for the machine's.
        taken_back: The sketch before shall be asked about once more.
    """

    answered = Signal(bool)
    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self._number = QLabel()
        self._number.setProperty("role", "muted")
        self.view = SketchView()
        self.view.setAccessibleName(tr("Sketch to be judged"))
        self.human = QPushButton(tr("Human") + "  (H, ←)")
        self.machine = QPushButton(tr("Machine") + "  (M, →)")
        for button in (self.human, self.machine):
            button.setAutoDefault(False)
            button.setMinimumHeight(44)
        hint = QLabel(tr("Backspace takes the last answer back"))
        hint.setProperty("role", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.human, 1)
        buttons.addWidget(self.machine, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._number)
        layout.addWidget(self.progress)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)
        layout.addWidget(hint)
        self.human.clicked.connect(self._on_human)
        self.machine.clicked.connect(self._on_machine)
        for keys, slot in (
            (("H", "Left"), self._on_human),
            (("M", "Right"), self._on_machine),
            (("Backspace",), self.taken_back.emit),
        ):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(slot)

    def show_sketch(self, sketch: Sketch, number: int, count: int) -> None:
        """Ask about a sketch in box units, the ``number``-th from 1 of ``count``."""
        self._number.setText(tr("{number} of {count}").format(number=number, count=count))
        self.progress.setRange(0, count)
        self.progress.setValue(number - 1)
        self.view.set_sketch(sketch)

    @Slot()
    def _on_human(self) -> None:
        self.answered.emit(False)

    @Slot()
    def _on_machine(self) -> None:
        self.answered.emit(True)


class ResultPage(QWidget):
    """The score, and which were which.

    Signals:
        again_wanted: Another test.
        save_wanted: The answers shall be written.
        closed: That was all.
    """

    again_wanted = Signal()
    save_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.headline = QLabel()
        self.headline.setProperty("role", "title")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self._told = QLabel()
        self._told.setProperty("role", "muted")
        self.tiles = QWidget()
        self._grid = QGridLayout(self.tiles)
        self._grid.setContentsMargins(2, 2, 2, 2)
        self._grid.setSpacing(8)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.tiles)
        self.again = QPushButton(tr("Once more"))
        self.save = QPushButton(tr("Save answers…"))
        close = QPushButton(tr("Close"))
        buttons = QHBoxLayout()
        buttons.addWidget(self._told, 1)
        for button in (self.save, self.again, close):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.headline)
        layout.addWidget(self.said)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        self.again.clicked.connect(self.again_wanted)
        self.save.clicked.connect(self.save_wanted)
        close.clicked.connect(self.closed)

    def show_score(self, test: TuringTest) -> None:
        """Show how a test went."""
        score, count = test.score, test.count
        low, high = score.interval
        self.headline.setText(
            tr("{right} of {count} right").format(right=score.right, count=count)
            + f" ({_percent(score.right / count)})"
        )
        lines = [
            tr("95 % confidence interval: {low} to {high}.").format(
                low=_percent(low), high=_percent(high)
            )
        ]
        if low > 0.5:
            lines[0] += " " + tr("You can tell them apart.")
        elif high < 0.5:
            lines[0] += " " + tr("You tell them apart, the wrong way round.")
        else:
            lines[0] += " " + tr("That is what guessing could give.")
        taken, by_machine = score.mistaken(by_machine=True)
        suspected, by_people = score.mistaken(by_machine=False)
        lines.append(
            tr(
                "You took {taken} of {by_machine} by the machine for a person's, and {suspected} "
                "of {by_people} by people for the machine's."
            ).format(taken=taken, by_machine=by_machine, suspected=suspected, by_people=by_people)
        )
        self.said.setText("\n".join(lines))
        self.tell("")
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for index, answer in enumerate(score.answers):
            self._grid.addWidget(AnswerTile(answer), index // _COLUMNS, index % _COLUMNS)

    def tell(self, line: str) -> None:
        """Show a line beside the buttons."""
        self._told.setText(line)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


class AnswerTile(QWidget):
    """A sketch with who drew it, and whether that was said."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._sketch: Sketch = tuple(answer.question.sketch)
        self._right = answer.right
        who = tr("Machine") if answer.question.by_machine else tr("Human")
        self.caption = f"{'✓' if answer.right else '✗'} {who}"
        said = tr("Machine") if answer.said_machine else tr("Human")
        tip = tr("Drawn by: {who}. You said: {said}.").format(who=who, said=said)
        self.setToolTip(f"{tip}\n{answer.question.subject}")
        self.setAccessibleName(tip)
        self.setMinimumWidth(_TILE.width())
        self.setFixedHeight(_TILE.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height() + 4
        paper = QRectF(self.rect()).adjusted(1, 1, -1, -1 - line)
        edge = QColor(colors.good if self._right else colors.bad)
        style = Qt.PenStyle.SolidLine if self._right else Qt.PenStyle.DashLine
        painter.setPen(QPen(edge, 1.5, style))
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(paper, 7, 7)
        paint_sketch(painter, self._sketch, paper, _INK, 1.4)
        painter.setPen(QColor(colors.text))
        below = QRectF(0, self.height() - line, self.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.caption)
