"""A window round real parts, with the model in the state a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sketchstudio.engine.messages import Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences, Settings
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.main_window import MainWindow
from tests.helpers.desk import Desk
from tests.helpers.tiny import tiny_studio


class Studio:
    """A whole app without ``app.run``: the window and what it was made of."""

    def __init__(self, service: InferenceService, settings: Settings) -> None:
        self.service = service
        self.settings = settings
        self.preferences = Preferences(settings)
        self.session = Session()
        self.tools = ToolState()
        self.proposals = Proposals(self.session, service)
        self.blending = Blending(self.session, service)
        self.window = MainWindow(
            session=self.session,
            tools=self.tools,
            service=service,
            proposals=self.proposals,
            blending=self.blending,
            preferences=self.preferences,
        )

    def draw(self, qtbot: QtBot, points: list[tuple[int, int]]) -> None:
        """Draw a stroke with the mouse, px in the canvas."""
        canvas, left = self.window.canvas, Qt.MouseButton.LeftButton
        qtbot.mousePress(canvas, left, pos=QPoint(*points[0]))
        for point in points[1:]:
            qtbot.mouseMove(canvas, QPoint(*point))
        qtbot.mouseRelease(canvas, left, pos=QPoint(*points[-1]))

    def trigger(self, action: str) -> None:
        self.window.actions_by_id[action].trigger()

    def enabled(self, action: str) -> bool:
        return self.window.actions_by_id[action].isEnabled()

    @property
    def ink(self) -> int:
        """How many strokes there are."""
        return len(list(self.session.document.strokes()))


Make = Callable[..., Studio]


@pytest.fixture
def make(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make a window; ``load`` is started and waited for, or without it the model stays loading."""
    made: list[Studio] = []

    def make_one(load: Callable[[], object] | None = None, settings: Settings | None = None):
        service = InferenceService(load or tiny_studio)
        studio = Studio(service, settings or Settings())
        made.append(studio)
        # Closing must not ask about unsaved ink.
        clean = studio.session.undo_stack.setClean
        qtbot.addWidget(studio.window, before_close_func=lambda _: clean())
        studio.window.show()
        qtbot.waitExposed(studio.window)
        if load is not None:
            service.start()
            done = (Status.READY, Status.FAILED)
            qtbot.waitUntil(lambda: service.state.status in done, timeout=60_000)
        return studio

    yield make_one
    for studio in made:
        studio.service.shutdown()


@pytest.fixture
def loading(make: Make) -> Studio:
    """A window whose model is still loading."""
    return make()


@pytest.fixture
def ready(make: Make) -> Studio:
    """A window with a real, if tiny and untrained, model."""
    return make(tiny_studio)


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.canvas.close()
    made.canvas.deleteLater()
