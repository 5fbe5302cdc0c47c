"""What an export will look like: the very file, painted; a replay is played."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSizeF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sketchstudio.core.document import Document
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.formats.replay import Timeline
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.canvas.renderer import paint_passing, paint_stroke
from sketchstudio.ui.export_picture import place

_EDGE = 16  # px round the picture
_SQUARE = 8  # px of the chequers that stand for nothing
_FRAME_MS = 33


@dataclass(frozen=True, slots=True)
class Room:
    """Width and height that there are, px of the device."""

    width: float
    height: float

    def side_for(self, view: Bounds) -> float:
        """Px that the longer side of a part of the page gets, page px."""
        scale = min(self.width / view.width, self.height / view.height)
        return max(max(view.width, view.height) * scale, 1.0)


class ExportPreview(QWidget):
    """Shows a picture in the middle, as large as there is room, and a line where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(360, 360)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Preview"))
        self._image: QImage | None = None
        self._size = QSizeF(1, 1)
        self._line = ""
        self._player: _Player | None = None
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._on_frame)
        self._elapsed = QElapsedTimer()

    @property
    def room(self) -> Room:
        """How large a picture may be."""
        ratio = self.devicePixelRatioF()
        return Room((self.width() - 2 * _EDGE) * ratio, (self.height() - 2 * _EDGE) * ratio)

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self._stop()
        self._image, self._line = image, ""
        self._size = QSizeF(image.size())
        self.update()

    def show_line(self, line: str) -> None:
        """Say why there is nothing to show."""
        self._stop()
        self._image, self._line = None, line
        self.update()

    def play(self, document: Document, view: Bounds, timeline: Timeline, ground: QImage) -> None:
        """Draw a document before the person's eyes, again and again.

        Args:
            document: What.
            view: The part shown, page px.
            timeline: When each stroke is drawn.
            ground: What is under it, of the size to paint in.
        """
        self._line = ""
        self._image = ground
        self._size = QSizeF(ground.size())
        self._player = _Player(document, view, timeline, ground)
        self._elapsed.start()
        self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._player = None

    @Slot()
    def _on_frame(self) -> None:
        if self._player is not None:
            self._image = self._player.frame(self._elapsed.elapsed() / 1000)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = theme.current()
        painter.fillRect(self.rect(), QColor(colors.hover))
        if self._image is None:
            painter.setPen(QColor(colors.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(_EDGE, 0, -_EDGE, 0), flags, self._line)
            return
        room = QSizeF(self.width() - 2 * _EDGE, self.height() - 2 * _EDGE)
        size = self._size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        corner = QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
        area = QRectF(corner, size)
        _paint_chequers(painter, area)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, self._image)


class _Player:
    """Paints a replay; what is finished stays painted."""

    def __init__(
        self, document: Document, view: Bounds, timeline: Timeline, ground: QImage
    ) -> None:
        self._strokes = [*document.strokes()]
        self._view, self._timeline = view, timeline
        self._ground = ground
        self._finished = QImage(ground)
        self._count = 0

    def frame(self, seconds: float) -> QImage:
        seconds %= self._timeline.seconds
        if self._count and seconds < self._timeline.span(self._strokes[self._count - 1])[0]:
            self._finished, self._count = QImage(self._ground), 0
        painter = self._painter(self._finished)
        while self._count < len(self._strokes):
            stroke = self._strokes[self._count]
            start, end = self._timeline.span(stroke)
            if end > seconds:
                break
            paint_stroke(painter, stroke)
            self._count += 1
        painter.end()
        if self._count == len(self._strokes) or start >= seconds:
            return self._finished
        shown = QImage(self._finished)
        painter = self._painter(shown)
        paint_passing(painter, _part(stroke, (seconds - start) / max(end - start, 1e-6)))
        painter.end()
        return shown

    def _painter(self, image: QImage) -> QPainter:
        painter = QPainter(image)
        place(painter, self._view, image.width() / self._view.width)
        return painter


def _part(stroke: Stroke, share: float) -> Stroke:
    """The beginning of a stroke, by the time it took."""
    times = stroke.samples[:, 3]
    until = times[0] + share * (times[-1] - times[0])
    count = max(1, int((times <= until).sum()))
    return replace(stroke, samples=stroke.samples[:count])


def _paint_chequers(painter: QPainter, area: QRectF) -> None:
    painter.save()
    painter.setClipRect(area)
    painter.fillRect(area, QColor("#ffffff"))
    across, down = int(area.width() / _SQUARE) + 1, int(area.height() / _SQUARE) + 1
    for row in range(down):
        for column in range(row % 2, across, 2):
            left, top = area.left() + column * _SQUARE, area.top() + row * _SQUARE
            painter.fillRect(QRectF(left, top, _SQUARE, _SQUARE), QColor("#eeeef0"))
    painter.restore()
