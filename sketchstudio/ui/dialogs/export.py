"""Export with a preview: SVG, PNG, PDF and replays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEventLoop, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.document import Document
from sketchstudio.formats.export_options import PER_PX, ExportOptions, Unit, only
from sketchstudio.formats.replay import Timeline
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.state.background import BackgroundJob, Outcome, Step
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.svg_making import Made, SvgMaking, Wish
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.dialogs.export_fields import Choice, ExportFields, ExportKind
from sketchstudio.ui.dialogs.export_preview import ExportPreview, Room
from sketchstudio.ui.export_picture import ground, painted, write_picture

AskWhere = Callable[[str, str], Path | None]
"""Asks for a file of an ending and of what is called so; None where nobody wants one."""

_FILES = {
    ".svg": mark("SVG pictures"),
    ".png": mark("PNG pictures"),
    ".pdf": mark("PDF documents"),
}

_BARE = ExportOptions()  # the file brings its own background
_BAR = 6  # px
_REST_MS = 150  # of the controls, before the preview follows
_LONG = 1_500_000  # characters of SVG; more would hold up the window while Qt reads them
_NODE = re.compile(r"[MLC](?=[-.\d])")


class ExportDialog(QDialog):
    """Shows what will be written, and writes it.

    Args:
        session: Whose drawing.
        preferences: Remembers what was chosen.
        ask_where: For the file.
        parent: The window.

    Signals:
        written: Carries the ``Path``.
        refused: A ``Path`` and why it was not written, one line.
    """

    written = Signal(object)
    refused = Signal(object, str)

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        ask_where: AskWhere,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export"))
        self._document = session.document
        self._selected = frozenset(session.selected_ids)
        self._preferences = preferences
        self._ask_where = ask_where
        self._path: Path | None = None
        self._made: Made | None = None
        self._making = SvgMaking(self)
        self._making.made.connect(self._on_made)
        self._painting = BackgroundJob(self)
        self._painting.finished.connect(self._on_painted)
        self._writing = BackgroundJob(self)
        self._writing.progressed.connect(self._on_progress)
        self._writing.finished.connect(self._on_ended)
        first = Choice.from_text(preferences.values.export)
        self.fields = ExportFields(
            replace(first, selection=bool(self._selected)),
            bool(self._selected),
            self._document.page.bounds is None,
        )
        self.preview = ExportPreview()
        self.preview.show_line(tr("Being made…"))
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        button = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(button.Cancel)
        self.button = QPushButton(tr("Export…"))
        self.button.setProperty("role", "primary")
        self.button.setDefault(True)
        buttons.addButton(self.button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._on_export)
        buttons.rejected.connect(self.reject)
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addWidget(self.fields)
        side.addStretch()
        side.addWidget(self.told)
        upper = QHBoxLayout()
        upper.setSpacing(18)
        upper.addLayout(side)
        upper.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addLayout(upper)
        layout.addWidget(self.bar)
        layout.addWidget(buttons)
        self.resize(880, 560)
        self._timer = QTimer(self, singleShot=True, interval=_REST_MS)
        self._timer.timeout.connect(self.refresh)
        self.fields.changed.connect(self._timer.start)
        self.finished.connect(self._on_finished)

    def _shown(self, choice: Choice) -> Document:
        return only(self._document, self._selected) if choice.selection else self._document

    @Slot()
    def refresh(self) -> None:
        """Show what is chosen now."""
        self._timer.stop()
        choice = self.fields.choice
        document = self._shown(choice)
        self._made = None
        if choice.kind in (ExportKind.SVG, ExportKind.REPLAY):
            self._painting.stop()
            self._making.ask(Wish(document, choice.options, choice.kind == ExportKind.REPLAY))
        else:
            self._making.stop()
            self._painting.start(partial(_painted, document, choice.options, self.preview.room))

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        self._made = made
        if made.reason:
            self._show_reason(made.reason)
            return
        self.button.setEnabled(not self.is_writing)
        self._tell_size()
        wish = made.wish
        if wish.replay:
            view = wish.options.view(wish.document)
            scale = self.preview.room.side_for(view) / max(view.width, view.height)
            image = ground(wish.document, wish.options, view, scale)
            self.preview.play(wish.document, view, Timeline(wish.document, wish.options), image)
        else:
            self._painting.start(partial(_shown_svg, made, self.preview.room))
        if self._path is not None:
            self._write(self._path)

    @Slot(object)
    def _on_painted(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, QImage):
            self.preview.show_image(outcome.result)
            self._tell_size()
            self.button.setEnabled(not self.is_writing)
        else:
            self._show_reason(str(outcome.error))

    def _tell_size(self) -> None:
        lines = [self._size(self.fields.choice)]
        if self._made is not None:
            nodes = len(_NODE.findall(self._made.text.partition("<metadata")[0]))
            kib = max(1, round(len(self._made.text) / 1024))
            said = tr("{count} nodes, {size} KiB")
            lines.append(said.format(count=f"{nodes:,}", size=f"{kib:,}"))
        self.told.setText("\n".join(lines))

    def _show_reason(self, reason: str) -> None:
        if self.is_writing:
            path = self._path
            self._unlock()
            self.refused.emit(path, reason)
        self.preview.show_line(reason)
        self.told.setText("")
        self.button.setEnabled(False)

    def _size(self, choice: Choice) -> str:
        """How large the picture will be."""
        options = choice.options
        view = options.view(self._shown(choice))
        unit = options.unit if choice.kind == ExportKind.SVG else Unit.PX
        sides = (side * options.scale * PER_PX[unit] for side in (view.width, view.height))
        decimals = 0 if unit is Unit.PX else 1
        return " \u00d7 ".join(f"{side:,.{decimals}f}" for side in sides) + f" {unit.value}"

    @Slot()
    def _on_export(self) -> None:
        if self._timer.isActive():
            self.refresh()
        ending = self.fields.choice.kind.ending
        path = self._ask_where(ending, tr(_FILES[ending]))
        if path is None:
            return
        self._path = path
        self.fields.setEnabled(False)
        self.button.setEnabled(False)
        self.bar.setRange(0, 0)  # nobody knows yet
        self.bar.show()
        self.told.setText(tr("Being made…"))
        if not self._making.is_busy:
            self._write(path)

    @property
    def is_writing(self) -> bool:
        """Whether a file is on its way."""
        return self._path is not None

    def finish(self) -> None:
        """Let nothing else happen until no file is on its way."""
        if self.is_writing:
            loop = QEventLoop()
            self.written.connect(loop.quit)
            self.refused.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def reject(self) -> None:
        """Stop what is being written and leave the file as it was, else close."""
        if self.is_writing:
            self._writing.stop()
            self._unlock()
            self.told.setText(tr("Stopped: nothing was written."))
        else:
            super().reject()

    def _write(self, path: Path) -> None:
        choice = self.fields.choice
        if self._made is not None:
            self._writing.start(partial(_write_text, self._made.text, path))
        else:
            document = self._shown(choice)
            self._writing.start(lambda step: write_picture(document, path, choice.options, step))

    @Slot(int)
    def _on_progress(self, percent: int) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(percent)

    @Slot(object)
    def _on_ended(self, outcome: Outcome) -> None:
        path = self._path
        self._unlock()
        if outcome.error is not None:
            self._tell_size()
            self.refused.emit(path, str(outcome.error))
            return
        self._preferences.set("export", self.fields.choice.to_text())
        self.written.emit(path)
        self.accept()

    def _unlock(self) -> None:
        self._path = None
        self.bar.hide()
        self.fields.setEnabled(True)
        self.button.setEnabled(True)

    @Slot()
    def _on_finished(self) -> None:
        self._making.close()
        self._painting.close()
        self._writing.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()


def _painted(document: Document, options: ExportOptions, room: Room, step: Step) -> QImage:
    """The pixels of a picture, as large as there is room."""
    return painted(document, options, room.side_for(options.view(document)), step)


def _shown_svg(made: Made, room: Room, step: Step) -> QImage:
    """The very file as Qt reads it; a long one as it was drawn."""
    from PySide6.QtSvg import QSvgRenderer  # here: the window comes first

    document, options = made.wish.document, made.wish.options
    if len(made.text) > _LONG:
        return _painted(document, options, room, step)
    view = options.view(document)
    image = ground(document, _BARE, view, room.side_for(view) / max(view.width, view.height))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(made.text.encode())).render(painter)
    painter.end()
    return image


def _write_text(text: str, path: Path, step: Step) -> None:
    step(1.0)
    with safe_write(path) as file:
        file.write(text.encode())
