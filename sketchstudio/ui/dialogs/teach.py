"""The window in which the model is taught something new; drawing goes on beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.engine.messages import Sketch
from sketchstudio.formats.errors import FormatError
from sketchstudio.state.input_settings import InputSettings
from sketchstudio.state.settings import Settings
from sketchstudio.state.teaching import LONGEST_NAME, MOST, Stage, Teaching
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.where import ask_which
from sketchstudio.ui.panels.drawing_pad import DrawingPad
from sketchstudio.ui.panels.sketch_row import SketchRow


class TeachWindow(QDialog):
    """Examples on the left, what was taught on the right.

    Args:
        teaching: What the model is taught by.
        from_canvas: The ink that is meant on the canvas; nothing where there is none.
        pens: How pens and mice draw.
        settings: Know the folder used last.
        parent: The window.
    """

    def __init__(
        self,
        teaching: Teaching,
        from_canvas: Callable[[], Sketch],
        pens: InputSettings,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Teach the Model"))
        self._teaching, self._from_canvas = teaching, from_canvas
        self._settings = settings
        self._examples: tuple[Sketch, ...] = ()
        self._trouble = ""
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(tr("such as “owl”"))
        self.name.setAccessibleName(tr("Name of what is taught"))
        self.pad = DrawingPad(pens, tr("Draw one example"))
        self.pad.setAccessibleName(tr("Sheet to draw an example on"))
        self.add = _button(tr("Add"), tr("Take what is drawn above as an example"))
        self.clear = _button(tr("Clear"), tr("Begin this example anew"))
        self.canvas = _button(tr("From Canvas"), tr("Take your drawing, or the selected ink"))
        self.file = _button(tr("Open…"), tr("Take the drawings of a file"))
        self.row = SketchRow(tr("Example"), tr("Click to leave it out"))
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self.teach = _button(tr("Teach"), tr("The model knows it at once, by its code"))
        self.teach.setProperty("role", "primary")
        self.list = QListWidget()
        self.list.setObjectName("taught_list")
        self.list.setAccessibleName(tr("What was taught"))
        self.list.setMinimumHeight(90)
        self.list.setSpacing(2)
        self.practise = _button(
            tr("Practise"), tr("The model learns to draw it, in the background, in a few minutes")
        )
        self.pause = _button(tr("Pause"), "")
        self.cancel = _button(tr("Cancel"), tr("Leave the model as it was"))
        self.undo = _button(tr("Undo Last"), tr("The model is as it was before the last lesson"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(tr("Practice so far"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self.rows = [SketchRow(name) for name in (tr("Example"), tr("Before"), tr("Now"))]
        self._lay_out()
        for signal, slot in (
            (self.name.textChanged, self._show),
            (self.pad.changed, self._show),
            (self.add.clicked, self._add_drawn),
            (self.clear.clicked, self.pad.clear),
            (self.canvas.clicked, self._add_canvas),
            (self.file.clicked, self._add_file),
            (self.row.clicked, self._leave_out),
            (self.teach.clicked, self._teach),
            (self.practise.clicked, self._practise),
            (self.pause.clicked, self._pause),
            (self.cancel.clicked, teaching.cancel),
            (self.undo.clicked, teaching.undo),
            (self.list.currentRowChanged, self._show),
            (teaching.changed, self._show_teaching),
            (teaching.learnt, self._on_learnt),
            (teaching.message, self.told.setText),
        ):
            signal.connect(slot)
        self._show_examples()
        self._show_teaching()
        self.resize(760, 620)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(_title(tr("Something New")))
        left.addWidget(self.name)
        left.addWidget(self.pad, 1)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for i, button in enumerate((self.add, self.clear, self.canvas, self.file)):
            buttons.addWidget(button, i // 2, i % 2)
        left.addLayout(buttons)
        left.addWidget(self.row)
        left.addWidget(self.hint)
        left.addWidget(self.teach)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(_title(tr("Taught")))
        right.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.practise, self.pause, self.cancel):
            row.addWidget(button)
        right.addLayout(row)
        right.addWidget(self.bar)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        self.labels = []
        for line, sketches in enumerate(self.rows):
            label = QLabel(sketches.accessibleName())
            label.setProperty("role", "muted")
            self.labels.append(label)
            grid.addWidget(label, line, 0)
            grid.addWidget(sketches, line, 1)
        grid.setColumnStretch(1, 1)
        right.addLayout(grid)
        right.addWidget(self.told)
        right.addWidget(self.undo)
        rule = QFrame()
        rule.setProperty("role", "rule")
        rule.setFixedWidth(1)
        layout = QHBoxLayout(self)
        layout.setSpacing(16)
        layout.setContentsMargins(16, 16, 16, 16)
        for part in (left, right):
            holder = QWidget()
            part.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(part)
            holder.setMinimumWidth(330)
            layout.addWidget(holder, 1)
            if part is left:
                layout.addWidget(rule)

    @property
    def examples(self) -> tuple[Sketch, ...]:
        """What the next lesson is taught by."""
        return self._examples

    @Slot()
    def _add_drawn(self) -> None:
        self._add([self.pad.sketch])
        self.pad.clear()

    @Slot()
    def _add_canvas(self) -> None:
        sketch = self._from_canvas()
        if sketch:
            self._add([sketch])
        else:
            self._complain(tr("There is no ink on the canvas"))

    @Slot()
    def _add_file(self) -> None:
        kinds = f"{tr('Drawings')} (*.ndjson *.npz *.bin *.sketch)"
        path = ask_which(self, tr("Open"), self._settings, kinds)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Take the drawings of a file as examples; it may tell the name, too."""
        from itertools import islice

        from sketchstudio.formats.sketch_files import read_sketches

        try:
            room = max(1, MOST - len(self._examples))
            drawings = list(islice(read_sketches(path), room))
        except (FormatError, SketchError, OSError) as error:
            self._complain(str(error).replace(str(path), path.name))
            return
        if not self.name.text() and drawings[0].word:
            self.name.setText(drawings[0].word[:LONGEST_NAME])
        self._add([drawing.strokes for drawing in drawings])

    def _add(self, sketches: list[Sketch]) -> None:
        self._trouble = ""
        self._examples = (*self._examples, *sketches)[:MOST]
        self._show_examples()

    @Slot(int)
    def _leave_out(self, place: int) -> None:
        self._examples = self._examples[:place] + self._examples[place + 1 :]
        self._show_examples()

    @Slot()
    def _teach(self) -> None:
        self._teaching.teach(self.name.text(), self._examples)

    @Slot(str, object)
    def _on_learnt(self, name: str, examples: tuple[Sketch, ...]) -> None:
        """What was taught here is done with; what came meanwhile is for the next lesson."""
        done = set(map(id, examples))
        left = tuple(one for one in self._examples if id(one) not in done)
        if len(left) < len(self._examples):
            self._examples = left
            if self.name.text().strip() == name:
                self.name.clear()
            self._show_examples()

    @Slot()
    def _practise(self) -> None:
        lesson = self._chosen()
        if lesson:
            self._teaching.practise(lesson)

    @Slot()
    def _pause(self) -> None:
        if self._teaching.stage is Stage.PAUSED:
            self._teaching.resume()
        else:
            self._teaching.pause()

    def _chosen(self) -> str:
        lessons, row = self._teaching.lessons, self.list.currentRow()
        return lessons[row].name if 0 <= row < len(lessons) else ""

    def _complain(self, reason: str) -> None:
        self._trouble = reason
        self._show()

    def _show_examples(self) -> None:
        self.row.set_sketches(self._examples)
        self._show()

    @Slot()
    def _show(self) -> None:
        drawn, name, count = bool(self.pad.sketch), self.name.text(), len(self._examples)
        self.add.setEnabled(drawn and count < MOST)
        self.clear.setEnabled(drawn)
        reason = self._teaching.why_not(name, count)
        self.teach.setEnabled(not reason)
        counted = tr("%n examples", count)
        self.hint.setText(self._trouble or (f"{counted}. {reason}" if reason else counted))
        idle = self._teaching.stage is Stage.IDLE
        self.practise.setEnabled(idle and bool(self._chosen()))

    @Slot()
    def _show_teaching(self) -> None:
        teaching, progress = self._teaching, self._teaching.progress
        lines = []
        for lesson in teaching.lessons:
            words = tr("practised") if lesson.steps else tr("not practised yet")
            lines.append(f"{lesson.name}: {tr('%n examples', lesson.drawings)}, {words}")
        if lines != [self.list.item(i).text() for i in range(self.list.count())]:
            self.list.clear()
            self.list.addItems(lines)
            self.list.setCurrentRow(len(lines) - 1)
        practising = teaching.stage in (Stage.PRACTISING, Stage.PAUSED)
        self.pause.setEnabled(practising)
        self.pause.setText(tr("Go On") if teaching.stage is Stage.PAUSED else tr("Pause"))
        self.cancel.setEnabled(teaching.stage is not Stage.IDLE)
        self.undo.setEnabled(teaching.can_undo)
        self.bar.setRange(0, 0 if teaching.stage is Stage.LEARNING else max(1, progress.steps))
        self.bar.setValue(progress.step)
        self.bar.setVisible(teaching.stage is not Stage.IDLE)
        for row, sketches in zip(
            self.rows, (progress.examples, progress.before, progress.after), strict=True
        ):
            if row.sketches is not sketches:
                row.set_sketches(sketches)
            row.setVisible(bool(progress.examples))
        for label in self.labels:
            label.setVisible(bool(progress.examples))
        if teaching.stage is Stage.LEARNING:
            self.told.setText(tr("Learning “{name}”…").format(name=teaching.current))
        elif practising and not progress.step:
            self.told.setText(tr("Remembering what it knows, so as to forget nothing…"))
        elif practising:
            words = tr("Practising “{name}”: {step} of {steps}")
            self.told.setText(
                words.format(name=teaching.current, step=progress.step, steps=progress.steps)
            )
        self._show()


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setToolTip(tip)
    return button


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    label.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return label
