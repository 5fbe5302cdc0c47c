"""Export with a preview: SVG, PNG, PDF and replays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.document import Document
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats.export_options import PER_PX, ExportOptions, Unit, only
from sketchstudio.formats.replay import Timeline
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.svg_making import Made, SvgMaking, Wish
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.dialogs.export_fields import Choice, ExportFields, ExportKind
from sketchstudio.ui.dialogs.export_preview import ExportPreview
from sketchstudio.ui.export_picture import ground, painted, write_picture

AskWhere = Callable[[str, str], Path | None]
"""Asks for a file of an ending and of what is called so; None where nobody wants one."""

_FILES = {
    ".svg": mark("SVG pictures"),
    ".png": mark("PNG pictures"),
    ".pdf": mark("PDF documents"),
}

_BARE = ExportOptions()  # the file brings its own background
_REST_MS = 150  # of the controls, before the preview follows
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
        first = Choice.from_text(preferences.values.export)
        self.fields = ExportFields(
            replace(first, selection=bool(self._selected)),
            bool(self._selected),
            self._document.page.bounds is None,
        )
        self.preview = ExportPreview()
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
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
        try:
            view = choice.options.view(document)
            if choice.kind in (ExportKind.SVG, ExportKind.REPLAY):
                self._making.ask(Wish(document, choice.options, choice.kind == ExportKind.REPLAY))
                self.told.setText(self._size(choice))
                return
            image = painted(document, choice.options, self.preview.room_for(view))
        except SketchError as error:
            self._show_reason(str(error))
            return
        self.preview.show_image(image)
        self.told.setText(self._size(choice))
        self.button.setEnabled(True)

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        self._made = made
        if made.reason:
            self._show_reason(made.reason)
            return
        self.button.setEnabled(True)
        choice = self.fields.choice
        nodes = len(_NODE.findall(made.text.partition("<metadata")[0]))
        kib = max(1, round(len(made.text) / 1024))
        said = tr("{count} nodes, {size} KiB").format(count=f"{nodes:,}", size=f"{kib:,}")
        self.told.setText(f"{self._size(choice)}\n{said}")
        self._show_svg(made)
        if self._path is not None:
            self._write(self._path)

    def _show_svg(self, made: Made) -> None:
        from PySide6.QtSvg import QSvgRenderer  # here: the window comes first

        wish = made.wish
        view = wish.options.view(wish.document)
        scale = self.preview.room_for(view) / max(view.width, view.height)
        if wish.replay:
            image = ground(wish.document, wish.options, view, scale)
            timeline = Timeline(wish.document, wish.options)
            self.preview.play(wish.document, view, timeline, image)
            return
        image = ground(wish.document, _BARE, view, scale)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(made.text.encode())).render(painter)
        painter.end()
        self.preview.show_image(image)

    def _show_reason(self, reason: str) -> None:
        self._path = None
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
        if self._making.is_busy:
            self._path = path
            self.button.setEnabled(False)
            self.told.setText(tr("Being made…"))
        else:
            self._write(path)

    def _write(self, path: Path) -> None:
        choice = self.fields.choice
        try:
            if self._made is not None:
                with safe_write(path) as file:
                    file.write(self._made.text.encode())
            else:
                write_picture(self._shown(choice), path, choice.options)
        except (OSError, SketchError) as error:
            self._path = None
            self.refused.emit(path, str(error))
            return
        self._preferences.set("export", choice.to_text())
        self.written.emit(path)
        self.accept()

    @Slot()
    def _on_finished(self) -> None:
        self._making.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()
